// Memory that system libraries keep until the program ends. The leak checker, which asks for these when it starts,
// looks only for ours.

extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_options();

extern "C" const char* __lsan_default_suppressions() {
    return "leak:libfontconfig.so\n"
           "leak:libdbus-1.so\n"
           "leak:libGLX\n"
           "leak:libpocl.so\n"
           "leak:libOpenCL.so\n"
           "leak:__argz_add_sep\n";  // the C library keeps the folders that LOCPATH names
}

// Programs are read by others: no list of what was passed over.
extern "C" const char* __lsan_default_options() { return "print_suppressions=0"; }
