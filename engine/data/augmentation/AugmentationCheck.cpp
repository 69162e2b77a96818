#include "engine/data/augmentation/AugmentationCheck.h"

#include "engine/base/Text.h"

namespace perceptory::data {

namespace {

using base::sentence;
using base::Severity;

std::string placeOf(const std::string& where, std::size_t i) { return where + "[" + std::to_string(i) + "]"; }

bool isImage(const AugmentationSubject& subject) { return subject.field.shape.size() == 3 && !subject.codes; }

bool hasMask(const AugmentationSubject& subject) {
    return subject.task == Task::Classification && subject.targetShape.size() == 2 && isImage(subject) &&
           subject.targetShape[0] == subject.field.shape[0] && subject.targetShape[1] == subject.field.shape[1];
}

// Whether the target stays true when things move.
bool followsMoves(const AugmentationSubject& subject, Moves moves) {
    if (moves == Moves::Nothing || subject.targetShape.empty()) return true;
    return moves == Moves::ImageAndMask && hasMask(subject);
}

base::Problem unsuitable(const std::string& place, std::string what) {
    return {place, Severity::Error, std::move(what), sentence("Remove it from the augmentation.")};
}

void checkMember(const AugmentationType& type, const AugmentationSubject& subject, const std::string& place,
                 base::Problems& problems) {
    const std::string label = base::translated(type.label);
    if (subject.codes)
        problems.push_back(unsuitable(
            place, sentence("{0} changes values, but those of \"{1}\" are codes.", label, subject.field.name)));
    else if (type.imagesOnly && !isImage(subject))
        problems.push_back(
            unsuitable(place, sentence("{0} needs images, but \"{1}\" holds none.", label, subject.field.name)));
    else if (!followsMoves(subject, type.moves))
        problems.push_back(unsuitable(
            place, sentence("{0} moves what is in the image, but the target of each row, which has a shape of its own, "
                            "cannot move with it.",
                            label)));
    else if (&type == &augmentation_members::Colour && subject.field.shape[2] != 3 && subject.field.shape[2] != 4)
        problems.push_back({place, Severity::Hint,
                            sentence("{0} does nothing here: the images have no colours.", label),
                            sentence("Remove it, or use brightness or contrast.")});
}

}  // namespace

void checkAugmentation(const std::vector<base::KindSpec>& specs, const std::string& where, base::Problems& problems) {
    for (std::size_t i = 0; i < specs.size(); ++i) augmentations().check(specs[i], placeOf(where, i), problems);
}

void checkSubject(const std::vector<base::KindSpec>& specs, const AugmentationSubject& subject,
                  const std::string& where, base::Problems& problems) {
    for (std::size_t i = 0; i < specs.size(); ++i)
        if (const AugmentationType* type = augmentations().find(specs[i].type))
            checkMember(*type, subject, placeOf(where, i), problems);
}

}  // namespace perceptory::data
