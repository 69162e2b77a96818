#include "engine/ir/TorchCode.h"

#include <algorithm>
#include <cctype>

#include "engine/base/Text.h"

namespace perceptory::ir {

namespace {

// Words of Python, names the exported files use, and what nn.Module has (PyTorch 2.15).
constexpr const char* takenNames[] = {"False",
                                      "None",
                                      "True",
                                      "and",
                                      "as",
                                      "assert",
                                      "async",
                                      "await",
                                      "break",
                                      "class",
                                      "continue",
                                      "def",
                                      "del",
                                      "elif",
                                      "else",
                                      "except",
                                      "finally",
                                      "for",
                                      "from",
                                      "global",
                                      "if",
                                      "import",
                                      "in",
                                      "is",
                                      "lambda",
                                      "match",
                                      "nonlocal",
                                      "not",
                                      "or",
                                      "pass",
                                      "raise",
                                      "return",
                                      "try",
                                      "type",
                                      "while",
                                      "with",
                                      "yield",
                                      "case",
                                      "print",
                                      "len",
                                      "max",
                                      "min",
                                      "sum",
                                      "range",
                                      "list",
                                      "tuple",
                                      "dict",
                                      "int",
                                      "str",
                                      "bool",
                                      "zip",
                                      "open",
                                      "super",
                                      "self",
                                      "torch",
                                      "nn",
                                      "F",
                                      "math",
                                      "json",
                                      "pathlib",
                                      "struct",
                                      "sys",
                                      "Model",
                                      "Tensor",
                                      "T_destination",
                                      "add_module",
                                      "apply",
                                      "bfloat16",
                                      "buffers",
                                      "call_super_init",
                                      "children",
                                      "compile",
                                      "cpu",
                                      "cuda",
                                      "double",
                                      "dump_patches",
                                      "eval",
                                      "extra_repr",
                                      "float",
                                      "forward",
                                      "get_buffer",
                                      "get_extra_state",
                                      "get_parameter",
                                      "get_submodule",
                                      "half",
                                      "ipu",
                                      "load_state_dict",
                                      "modules",
                                      "mtia",
                                      "named_buffers",
                                      "named_children",
                                      "named_modules",
                                      "named_parameters",
                                      "parameters",
                                      "register_backward_hook",
                                      "register_buffer",
                                      "register_forward_hook",
                                      "register_forward_pre_hook",
                                      "register_full_backward_hook",
                                      "register_full_backward_pre_hook",
                                      "register_load_state_dict_post_hook",
                                      "register_load_state_dict_pre_hook",
                                      "register_module",
                                      "register_parameter",
                                      "register_state_dict_post_hook",
                                      "register_state_dict_pre_hook",
                                      "requires_grad_",
                                      "set_extra_state",
                                      "set_submodule",
                                      "share_memory",
                                      "state_dict",
                                      "to",
                                      "to_empty",
                                      "train",
                                      "training",
                                      "xpu",
                                      "zero_grad"};

std::string joined(const std::vector<std::int64_t>& numbers) {
    std::string text;
    for (const std::int64_t number : numbers) text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
        text.replace(at, what.size(), by);
    return text;
}

}  // namespace

std::string pythonNumber(double number) { return base::wordOf(number); }

std::string pythonFloat(double number) {
    const std::string text = pythonNumber(number);
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string pythonText(const std::string& text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c == '\n' ? ' ' : c;
    }
    return quoted + '"';
}

std::string pythonList(const std::vector<std::int64_t>& numbers) { return "[" + joined(numbers) + "]"; }

std::string pythonTuple(const std::vector<std::int64_t>& numbers) {
    return "(" + joined(numbers) + (numbers.size() == 1 ? ",)" : ")");
}

std::string pythonPair(const std::array<std::int64_t, 2>& pair) {
    return pair[0] == pair[1] ? std::to_string(pair[0]) : pythonTuple({pair[0], pair[1]});
}

PythonNames::PythonNames() : m_taken(std::begin(takenNames), std::end(takenNames)) {}

std::string PythonNames::take(const std::string& wanted) {
    std::string name;
    for (const char c : wanted) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
    // Those that begin with _ are PyTorch's own; digits and foreign letters begin no name.
    if (name.empty() || !std::isalpha(static_cast<unsigned char>(name.front()))) name.insert(0, "n");
    for (std::string free = name; true; free += '_')
        if (m_taken.insert(free).second) return free;
}

std::string TorchCode::define(const std::string& name, const std::string& text) {
    const auto known = std::ranges::find(m_known, text, &std::pair<std::string, std::string>::first);
    if (known != m_known.end()) return known->second;
    const std::string free = m_names.take(name);
    m_known.emplace_back(text, free);
    m_definitions.push_back(replaced(text, "{name}", free));
    return free;
}

std::string indented(const std::string& lines) {
    std::string result;
    for (std::size_t begin = 0; begin < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', begin), lines.size());
        if (end > begin) result += "    " + lines.substr(begin, end - begin);
        result += '\n';
        begin = end + 1;
    }
    return result;
}

}  // namespace perceptory::ir
