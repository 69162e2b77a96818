#pragma once
// A shelf is a folder of peers behind one contract and one list file. The list is read by CMake (which sources) and by
// the compiler (which objects), so a new member is one file and one line. See engine/README.md, "Shelves".

#include <string>
#include <vector>

#include "engine/base/Error.h"
#include "engine/base/Params.h"
#include "engine/base/Text.h"

namespace perceptory::base {

// T derives from KindType. Members live for the whole program; any thread may read.
template <class T>
class Shelf {
public:
    Shelf(std::string what, std::vector<const T*> members) : m_what(std::move(what)), m_members(std::move(members)) {}

    const std::vector<const T*>& members() const { return m_members; }
    const std::string& what() const { return m_what; }

    const T* find(const std::string& id) const {
        for (const T* member : m_members)
            if (member->id == id) return member;
        return nullptr;
    }

    // Throws Error when nothing has that id; `where` names the place in the project.
    const T& get(const std::string& id, const std::string& where) const {
        if (const T* member = find(id)) return *member;
        throw Error(sentence("{0}: there is no {1} called \"{2}\". {3}", where, translated(m_what), id,
                             choiceRemedy(id, ids())));
    }

    std::vector<std::string> ids() const {
        std::vector<std::string> result;
        for (const T* member : m_members) result.push_back(member->id);
        return result;
    }

    // The members as forms and `describe` see them.
    std::vector<const KindType*> kinds() const { return {m_members.begin(), m_members.end()}; }

    // Checks a choice from this shelf with its parameters. Returns the member, or null after reporting the problem.
    const T* check(const KindSpec& spec, const std::string& where, Problems& problems) const {
        const T* member = find(spec.type);
        if (member) {
            checkParams(*member, spec.parameters, where, problems);
        } else {
            problems.push_back({where, Severity::Error,
                                sentence("There is no {0} called \"{1}\".", translated(m_what), spec.type),
                                choiceRemedy(spec.type, ids())});
        }
        return member;
    }

private:
    std::string m_what;
    std::vector<const T*> m_members;
};

}  // namespace perceptory::base
