#include "engine/project/RunStateArchive.h"

#include <algorithm>
#include <boost/archive/binary_iarchive.hpp>
#include <boost/archive/binary_oarchive.hpp>
#include <sstream>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::project {

namespace {

// Without Boost's header, which holds sizes of the machine that wrote it.
constexpr unsigned flags = boost::archive::no_header | boost::archive::no_codecvt;

class Output {
public:
    template <class Number>
    void number(Number value) {
        m_archive << value;
    }
    void text(const std::string& text) {
        number<std::uint64_t>(text.size());
        m_archive.save_binary(text.data(), text.size());
    }
    std::string bytes() const { return m_stream.str(); }

private:
    std::ostringstream m_stream;
    boost::archive::binary_oarchive m_archive{m_stream, flags};
};

class Input {
public:
    explicit Input(std::string_view bytes) : m_stream(std::string(bytes)), m_left(bytes.size()) {}

    template <class Number>
    Number number() {
        take(sizeof(Number));
        Number value{};
        m_archive >> value;
        return value;
    }
    std::string text() {
        std::string text(size(1), '\0');
        take(text.size());
        m_archive.load_binary(text.data(), text.size());
        return text;
    }
    // Of a list whose entries take so many bytes at least.
    std::size_t size(std::size_t bytesEach) {
        const auto count = number<std::uint64_t>();
        if (count > m_left / bytesEach) throw base::Error(base::sentence("a length in it is impossible"));
        return static_cast<std::size_t>(count);
    }
    void insistOnEnd() const {
        if (m_left > 0) throw base::Error(base::sentence("it goes on behind its end"));
    }

private:
    void take(std::size_t bytes) {
        if (bytes > m_left) throw base::Error(base::sentence("it was cut off"));
        m_left -= bytes;
    }

    std::istringstream m_stream;
    std::size_t m_left;
    boost::archive::binary_iarchive m_archive{m_stream, flags};
};

RunState read(Input& input) {
    RunState state;
    state.epoch = input.number<double>();
    state.step = input.number<std::int64_t>();
    state.instructionSet = input.text();
    state.classNames.resize(input.size(sizeof(std::uint64_t)));
    for (std::string& name : state.classNames) name = input.text();
    for (std::string* text : {&state.target, &state.pipeline, &state.counters}) *text = input.text();
    input.insistOnEnd();
    return state;
}

}  // namespace

int archiveVersion() { return boost::archive::BOOST_ARCHIVE_VERSION(); }

std::string archived(const RunState& state) {
    Output output;
    output.number(state.epoch);
    output.number(state.step);
    output.text(state.instructionSet);
    output.number<std::uint64_t>(state.classNames.size());
    for (const std::string& name : state.classNames) output.text(name);
    for (const std::string* text : {&state.target, &state.pipeline, &state.counters}) output.text(*text);
    return output.bytes();
}

RunState runStateOf(std::string_view bytes) {
    try {
        Input input(bytes);
        return read(input);
    } catch (const base::Error&) {
        throw;
    } catch (const std::exception& error) {  // Boost's own, or no memory
        throw base::Error(base::sentence("it cannot be read"), error.what());
    }
}

}  // namespace perceptory::project
