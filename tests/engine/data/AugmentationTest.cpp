// Known answers are worked out by hand; the last part runs over the whole shelf, so a new member is tested by being on
// it.

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <set>
#include <thread>
#include <utility>

#include "engine/data/augmentation/AugmentationCheck.h"
#include "engine/data/augmentation/AugmentationPolicy.h"
#include "engine/data/augmentation/BetaDistribution.h"
#include "engine/data/augmentation/Warp.h"

using namespace perceptory;
using namespace perceptory::data;
using base::Json;

namespace {

struct Picture {
    std::int64_t height, width, channels;
    std::vector<float> values;
    std::vector<std::int32_t> mask;
    float low = 0, high = 1;

    AugmentedImage view() { return {height, width, channels, values, low, high, mask}; }
};

// Random values, and a mask that numbers the pixels from 1 on.
Picture randomPicture(std::int64_t height, std::int64_t width, std::int64_t channels, float low = 0, float high = 1) {
    Picture picture{height, width, channels, {}, {}, low, high};
    base::RandomStream random(5, 0, static_cast<std::uint32_t>(height * 1000 + width * 10 + channels));
    for (std::int64_t i = 0; i < height * width * channels; ++i)
        picture.values.push_back(static_cast<float>(random.uniform(low, high)));
    for (std::int32_t i = 0; i < height * width; ++i) picture.mask.push_back(i + 1);
    return picture;
}

base::RandomStream streamOf(std::uint32_t number) { return {17, 3, number}; }

const AugmentationType& typeOf(const std::string& id) { return augmentations().get(id, "test"); }

std::unique_ptr<const Augmentation> operation(const std::string& id, const Json& parameters = Json::object()) {
    return typeOf(id).make({typeOf(id).parameters, parameters});
}

std::unique_ptr<const Mixing> mixing(const std::string& id, const Json& parameters) {
    return typeOf(id).makeMixing({typeOf(id).parameters, parameters});
}

Picture after(const Augmentation& operation, Picture picture, std::uint32_t stream = 0) {
    base::RandomStream random = streamOf(stream);
    AugmentedImage image = picture.view();
    operation.apply(image, random);
    return picture;
}

Picture warped(Picture picture, const AffineMap& map, Fill fill = Fill::Constant) {
    AugmentedImage image = picture.view();
    warp(image, map, fill);
    return picture;
}

Picture shifted(Picture picture, std::int64_t dy, std::int64_t dx, Fill fill) {
    AugmentedImage image = picture.view();
    changeBoth(image, [&](const auto& plane) { shift(plane, dy, dx, fill); });
    return picture;
}

bool near(const std::vector<float>& found, const std::vector<float>& expected, float tolerance = 1e-5f) {
    if (found.size() != expected.size()) return false;
    for (std::size_t i = 0; i < found.size(); ++i)
        if (!(std::abs(found[i] - expected[i]) <= tolerance)) return false;
    return true;
}

// An operation with a strength goes one of two ways. Checks that both happen and nothing else.
void checkBothWays(const std::string& id, const Picture& picture, const std::vector<float>& less,
                   const std::vector<float>& more) {
    CAPTURE(id);
    const auto operation = typeOf(id).atStrength(1);
    int lessCount = 0, moreCount = 0;
    for (std::uint32_t stream = 0; stream < 40; ++stream) {
        const Picture result = after(*operation, picture, stream);
        lessCount += near(result.values, less);
        moreCount += near(result.values, more);
    }
    CHECK(lessCount >= 8);
    CHECK(moreCount >= 8);
    CHECK(lessCount + moreCount == 40);
}

const Picture nine{3, 3, 1, {.1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f}, {1, 2, 3, 4, 5, 6, 7, 8, 9}};

using Numbers = std::vector<float>;
using Classes = std::vector<std::int32_t>;

}  // namespace

TEST_CASE("flip mirrors pixels with all their channels, and the mask") {
    const Picture picture{2, 3, 2, {.1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f, 1, 0, .05f}, {1, 2, 3, 4, 5, 6}};
    const Picture sideways = after(*operation("flip"), picture);
    CHECK(sideways.values == Numbers{.5f, .6f, .3f, .4f, .1f, .2f, 0, .05f, .9f, 1, .7f, .8f});
    CHECK(sideways.mask == Classes{3, 2, 1, 6, 5, 4});
    const Picture upside = after(*operation("flip", {{"direction", "vertical"}}), picture);
    CHECK(upside.values == Numbers{.7f, .8f, .9f, 1, 0, .05f, .1f, .2f, .3f, .4f, .5f, .6f});
    CHECK(upside.mask == Classes{4, 5, 6, 1, 2, 3});
}

TEST_CASE("a shift by whole pixels fills the border as asked") {
    const Picture line{1, 4, 1, {.1f, .2f, .3f, .4f}, {1, 2, 3, 4}};
    CHECK(shifted(line, 0, 2, Fill::Constant).values == Numbers{0, 0, .1f, .2f});
    CHECK(shifted(line, 0, 2, Fill::Edge).values == Numbers{.1f, .1f, .1f, .2f});
    CHECK(shifted(line, 0, 2, Fill::Reflect).values == Numbers{.3f, .2f, .1f, .2f});
    CHECK(shifted(line, 0, -1, Fill::Constant).values == Numbers{.2f, .3f, .4f, 0});
    CHECK(shifted(line, 0, -1, Fill::Edge).mask == Classes{2, 3, 4, 4});
    CHECK(shifted(line, 0, -1, Fill::Reflect).mask == Classes{2, 3, 4, 3});
    CHECK(shifted(line, 0, 7, Fill::Reflect).mask == Classes{2, 1, 2, 3});
    CHECK(shifted(line, 0, -9, Fill::Constant).mask == Classes{0, 0, 0, 0});
    CHECK(shifted(nine, 1, -1, Fill::Constant).values == Numbers{0, 0, 0, .2f, .3f, 0, .5f, .6f, 0});
    CHECK(shifted(nine, -1, 0, Fill::Edge).mask == Classes{4, 5, 6, 7, 8, 9, 7, 8, 9});
}

TEST_CASE("random crop finds every window of the padded image, equally often") {
    const Picture dot{3, 3, 1, {0, 0, 0, 0, 1, 0, 0, 0, 0}, {}};
    const auto crop = operation("random_crop", {{"padding", 1}});
    std::vector<int> found(9);
    for (std::uint32_t stream = 0; stream < 900; ++stream) {
        const Numbers values = after(*crop, dot, stream).values;
        REQUIRE(std::ranges::count(values, 1.0f) == 1);
        ++found[static_cast<std::size_t>(std::ranges::find(values, 1.0f) - values.begin())];
    }
    for (const int count : found) CHECK(std::abs(count - 100) < 45);
}

TEST_CASE("translate moves by whole pixels up to its share") {
    const auto translate = operation("translate", {{"horizontal", 0.34}, {"vertical", 0}, {"fill", "edge"}});
    std::set<Numbers> found;
    for (std::uint32_t stream = 0; stream < 60; ++stream) found.insert(after(*translate, nine, stream).values);
    CHECK(found == std::set<Numbers>{shifted(nine, 0, -1, Fill::Edge).values, nine.values,
                                     shifted(nine, 0, 1, Fill::Edge).values});
}

TEST_CASE("quarter turns are exact, and the mask turns with the image") {
    CHECK(near(warped(nine, rotation(90)).values, {.3f, .6f, .9f, .2f, .5f, .8f, .1f, .4f, .7f}));
    CHECK(warped(nine, rotation(90)).mask == Classes{3, 6, 9, 2, 5, 8, 1, 4, 7});
    CHECK(near(warped(nine, rotation(180)).values, {.9f, .8f, .7f, .6f, .5f, .4f, .3f, .2f, .1f}));
    CHECK(warped(nine, rotation(-90)).mask == Classes{7, 4, 1, 8, 5, 2, 9, 6, 3});
    CHECK(warped(nine, rotation(0)).values == nine.values);
    const Picture four{2, 2, 1, {.1f, .2f, .3f, .4f}, {1, 2, 3, 4}};
    CHECK(near(warped(four, rotation(90), Fill::Edge).values, {.2f, .4f, .1f, .3f}));
}

TEST_CASE("a shear moves rows in proportion to their height, zooming is bilinear about the centre") {
    CHECK(warped(nine, shearing(1, 0)).values == Numbers{.2f, .3f, 0, .4f, .5f, .6f, 0, .7f, .8f});
    CHECK(warped(nine, shearing(0, 1)).mask == Classes{4, 2, 0, 7, 5, 3, 0, 8, 6});
    CHECK(near(warped(nine, zooming(2)).values, {.3f, .35f, .4f, .45f, .5f, .55f, .6f, .65f, .7f}));
    CHECK(near(warped(nine, zooming(0.5)).values, {0, 0, 0, 0, .5f, 0, 0, 0, 0}));
    CHECK(warped(nine, zooming(0.5), Fill::Edge).mask == Classes{1, 2, 3, 4, 5, 6, 7, 8, 9});
}

TEST_CASE("geometric members stay within their extents") {
    const Picture dot{3, 3, 1, {0, 0, 0, 0, 1, 0, 0, 0, 0}, {}};
    for (const char* id : {"rotate", "shear", "scale"})
        for (std::uint32_t stream = 0; stream < 20; ++stream)
            CHECK(after(*operation(id), dot, stream).values[4] == doctest::Approx(1));
    const auto still = operation("scale", {{"minimum", 2}, {"maximum", 2}});
    CHECK(near(after(*still, nine).values, warped(nine, zooming(2)).values));
    CHECK(after(*operation("rotate", {{"degrees", 0}}), nine).values == nine.values);
    const auto slanted = typeOf("shear").atStrength(1);
    for (std::uint32_t stream = 0; stream < 20; ++stream) {
        const Numbers result = after(*slanted, nine, stream).values;
        int matches = 0;
        for (const double s : {-0.3, 0.3})
            matches +=
                near(result, warped(nine, shearing(s, 0)).values) + near(result, warped(nine, shearing(0, s)).values);
        CHECK(matches == 1);
    }
}

TEST_CASE("enhancements blend with what Pillow blends with") {
    checkBothWays("brightness", {1, 1, 1, {.5f}, {}}, {.05f}, {.95f});
    checkBothWays("brightness", {1, 1, 1, {0}, {}, -1, 1}, {-.9f}, {.9f});
    checkBothWays("contrast", {1, 2, 1, {.2f, .6f}, {}}, {.38f, .42f}, {.02f, .78f});
    // The mean grey of a red and a black pixel is 0.299/2.
    checkBothWays("contrast", {1, 2, 3, {1, 0, 0, 0, 0, 0}, {}}, {.23455f, .13455f, .13455f, .13455f, .13455f, .13455f},
                  {1, 0, 0, 0, 0, 0});
    checkBothWays("colour", {1, 1, 3, {.6f, .5f, .5f}, {}}, {.53691f, .52691f, .52691f}, {.66309f, .47309f, .47309f});
    checkBothWays("sharpness", {3, 3, 1, {.1f, 0, 0, 0, .5f, 0, 0, 0, 0}, {}}, {.1f, 0, 0, 0, .23f, 0, 0, 0, 0},
                  {.1f, 0, 0, 0, .77f, 0, 0, 0, 0});
    CHECK(after(*operation("colour"), nine).values == nine.values);
    CHECK(after(*operation("brightness", {{"strength", 0}}), nine).values == nine.values);
}

TEST_CASE("autocontrast stretches each channel, and leaves a flat one") {
    const Picture picture{1, 3, 2, {.2f, .7f, .4f, .7f, .6f, .7f}, {}};
    CHECK(near(after(*operation("autocontrast"), picture).values, {0, .7f, .5f, .7f, 1, .7f}));
}

TEST_CASE("equalize gives each level the share of darker pixels") {
    const Picture picture{1, 5, 1, {0, 0, .2f, 1, .2f}, {}};
    CHECK(near(after(*operation("equalize"), picture).values, {0, 0, .5f, 1, .5f}));
    const Picture flat{1, 2, 1, {.3f, .3f}, {}};
    CHECK(after(*operation("equalize"), flat).values == flat.values);
    // 1024 pixels on 32 levels, as Pillow's table for a step of 1024·31/32/255 pixels: level i of 32 becomes i/31.
    Picture ramp{32, 32, 1, {}, {}};
    for (int i = 0; i < 1024; ++i) ramp.values.push_back(static_cast<float>(i % 32) / 255);
    CHECK(after(*operation("equalize"), ramp).values[7] == doctest::Approx(7.0 / 31));
}

TEST_CASE("posterize keeps the highest bits, solarize inverts from its threshold on") {
    const Picture picture{1, 4, 1, {154 / 255.0f, 1, .4f, 0}, {}};
    CHECK(near(after(*operation("posterize", {{"bits", 4}}), picture).values,
               {144 / 255.0f, 240 / 255.0f, 96 / 255.0f, 0}));
    CHECK(near(after(*operation("posterize", {{"bits", 1}}), picture).values, {128 / 255.0f, 128 / 255.0f, 0, 0}));
    CHECK(near(after(*operation("posterize", {{"bits", 8}}), picture).values, picture.values));
    const Picture tones{1, 4, 1, {.4f, .5f, .7f, 1}, {}};
    CHECK(near(after(*operation("solarize"), tones).values, {.4f, .5f, .3f, 0}));
    CHECK(near(after(*operation("solarize", {{"threshold", 0.6}}), {1, 2, 1, {2, 7}, {}, 0, 10}).values, {2, 3}));
}

TEST_CASE("noise is normal with the deviation asked for, relative to the range") {
    Picture grey{100, 100, 1, Numbers(10000, 5.0f), {}, 0, 10};
    const Numbers values = after(*operation("noise", {{"deviation", 0.05}}), grey).values;
    double sum = 0, squares = 0, within = 0;
    for (const float value : values) {
        const double n = (static_cast<double>(value) - 5) / 0.5;
        sum += n, squares += n * n, within += std::abs(n) < 1;
    }
    CHECK(std::abs(sum / 1e4) < 0.04);
    CHECK(std::abs(squares / 1e4 - 1) < 0.06);
    CHECK(std::abs(within / 1e4 - 0.6827) < 0.02);
}

TEST_CASE("cutout blackens a square that the border may cut") {
    const Picture white{8, 8, 1, Numbers(64, 1.0f), {}};
    std::set<long> areas;
    for (std::uint32_t stream = 0; stream < 400; ++stream)
        areas.insert(std::ranges::count(after(*operation("cutout"), white, stream).values, 0.0f));
    // 4 × 4 pixels, of which two to four remain along each axis.
    CHECK(areas == std::set<long>{4, 6, 8, 9, 12, 16});
}

TEST_CASE("opacity keeps its values where nothing moves") {
    for (const AugmentationType* type : augmentations().members()) {
        if (!type->make || type->moves != Moves::Nothing) continue;
        CAPTURE(type->id);
        const Picture before = randomPicture(6, 5, 4), result = after(*operation(type->id), before);
        CHECK(result.values != before.values);
        for (std::size_t i = 3; i < before.values.size(); i += 4) CHECK(result.values[i] == before.values[i]);
    }
}

TEST_CASE("Gamma, Beta and Dirichlet have their means and variances") {
    base::RandomStream random(1, 2);
    for (const double shape : {0.2, 1.0, 4.0}) {
        CAPTURE(shape);
        const int n = 20000;
        double gamma = 0, gammaSquares = 0, beta = 0, betaSquares = 0;
        for (int i = 0; i < n; ++i) {
            const double g = std::exp(logGamma(shape, random)), b = symmetricBeta(shape, random);
            gamma += g / n, gammaSquares += g * g / n, beta += b / n, betaSquares += b * b / n;
        }
        CHECK(gamma == doctest::Approx(shape).epsilon(0.06));
        CHECK(gammaSquares - gamma * gamma == doctest::Approx(shape).epsilon(0.12));
        CHECK(beta == doctest::Approx(0.5).epsilon(0.03));
        CHECK(betaSquares - beta * beta == doctest::Approx(1 / (4 * (2 * shape + 1))).epsilon(0.05));
    }
    double shares[3];
    for (const double alpha : {0.01, 1.0}) {
        symmetricDirichlet(alpha, shares, random);
        CHECK(shares[0] + shares[1] + shares[2] == doctest::Approx(1));
    }
    for (int i = 0; i < 2000; ++i) {
        const double share = symmetricBeta(0.01, random);
        CHECK_UNARY(share >= 0 && share <= 1);
    }
}

TEST_CASE("mixup blends by the share it returns") {
    const auto mixup = mixing("mixup", {{"alpha", 1}});
    Picture other = nine;
    std::ranges::reverse(other.values);
    double mean = 0, squares = 0;
    for (std::uint32_t stream = 0; stream < 4000; ++stream) {
        Picture picture = nine;
        AugmentedImage image = picture.view();
        base::RandomStream random = streamOf(stream);
        const float share = mixup->mix(image, other.view(), random);
        CHECK(picture.values[0] == doctest::Approx(share * .1f + (1 - share) * .9f));
        CHECK(picture.values[7] == doctest::Approx(share * .8f + (1 - share) * .2f));
        mean += static_cast<double>(share) / 4000, squares += static_cast<double>(share * share) / 4000;
    }
    CHECK(mean == doctest::Approx(0.5).epsilon(0.04));
    CHECK(squares - mean * mean == doctest::Approx(1.0 / 12).epsilon(0.06));
}

TEST_CASE("cutmix returns the share of pixels that stayed, and pastes masks too") {
    const auto cutmix = mixing("cutmix", {{"alpha", 1}});
    Picture other{6, 7, 3, Numbers(126, 0.0f), Classes(42, 9)};
    std::set<float> shares;
    for (std::uint32_t stream = 0; stream < 100; ++stream) {
        Picture picture{6, 7, 3, Numbers(126, 1.0f), Classes(42, 1)};
        AugmentedImage masked = picture.view();
        base::RandomStream random = streamOf(stream), again = streamOf(stream);
        CHECK(cutmix->mix(masked, other.view(), random) == 1);
        for (std::size_t i = 0; i < 126; ++i) CHECK((picture.values[i] == 1) == (picture.mask[i / 3] == 1));
        Picture bare{6, 7, 3, Numbers(126, 1.0f), {}};
        AugmentedImage image = bare.view();
        const float share = cutmix->mix(image, other.view(), again);
        CHECK(bare.values == picture.values);
        CHECK(share == doctest::Approx(static_cast<double>(std::ranges::count(bare.values, 1.0f)) / 126));
        shares.insert(share);
    }
    CHECK(shares.size() > 10);
}

TEST_CASE("RandAugment and AugMix use whatever on the shelf has a strength") {
    std::set<std::string> ids;
    for (const AugmentationType* type : augmentations().members())
        if (type->atStrength) ids.insert(type->id);
    CHECK(ids == std::set<std::string>{"translate", "rotate", "shear", "brightness", "contrast", "colour", "sharpness",
                                       "autocontrast", "equalize", "posterize", "solarize"});
    CHECK(operationsAt(0.5).size() == ids.size());
}

TEST_CASE("no strength changes hardly anything; autocontrast and equalize know none") {
    const Picture picture = randomPicture(9, 9, 3);
    for (const AugmentationType* type : augmentations().members()) {
        if (!type->atStrength || type->id == "autocontrast" || type->id == "equalize") continue;
        CAPTURE(type->id);
        CHECK(near(after(*type->atStrength(0), picture).values, picture.values, 0.5f / 255 + 1e-6f));
        CHECK_FALSE(near(after(*type->atStrength(1), picture).values, picture.values, 0.02f));
    }
    Picture blackAndWhite{6, 6, 1, Numbers(36), {}};  // both leave it alone as well
    for (std::size_t i = 0; i < 36; ++i) blackAndWhite.values[i] = i % 5 < 2;
    const auto none = operation("rand_augment", {{"count", 10}, {"magnitude", 0}});
    const auto most = operation("rand_augment", {{"count", 2}, {"magnitude", 10}});
    int changed = 0;
    for (std::uint32_t stream = 0; stream < 50; ++stream) {
        CHECK(near(after(*none, blackAndWhite, stream).values, blackAndWhite.values));
        changed += !near(after(*most, blackAndWhite, stream).values, blackAndWhite.values);
    }
    CHECK(changed > 30);
}

TEST_CASE("AugMix's weights add up to one") {
    // No operation up to strength 0.3 changes a black image, so no blend may. Too small a sum would show in the first,
    // too large a sum in the second.
    for (const float low : {-2.0f, 1.0f}) {
        const Picture black{5, 5, 3, Numbers(75, low), {}, low, 3};
        for (std::uint32_t stream = 0; stream < 20; ++stream)
            CHECK(near(after(*operation("aug_mix"), black, stream).values, black.values));
    }
    const Picture picture = randomPicture(8, 8, 3);
    CHECK(after(*operation("aug_mix"), picture).values != picture.values);
    CHECK(after(*operation("aug_mix"), picture).mask == picture.mask);
}

namespace {

Numbers augmented(const AugmentationPolicy& policy, std::uint64_t seed, std::uint32_t epoch, std::uint32_t row) {
    Picture picture = randomPicture(12, 12, 3);
    AugmentedImage image = picture.view();
    policy.apply(image, seed, epoch, row);
    return picture.values;
}

std::vector<base::KindSpec> usual() {
    return {{"flip"}, {"random_crop"}, {"cutout"}, {"noise"}, {"rand_augment"}, {"aug_mix"}};
}

}  // namespace

TEST_CASE("a policy's changes are a function of seed, epoch and row, in any thread") {
    const auto policy = AugmentationPolicy::make(usual());
    CHECK(policy->changes());
    CHECK_FALSE(policy->mixes());
    const Numbers first = augmented(*policy, 1, 2, 3);
    CHECK(augmented(*AugmentationPolicy::make(usual()), 1, 2, 3) == first);
    CHECK(augmented(*policy, 2, 2, 3) != first);
    CHECK(augmented(*policy, 1, 3, 3) != first);
    CHECK(augmented(*policy, 1, 2, 4) != first);
    std::vector<Numbers> elsewhere(4);
    std::vector<std::jthread> threads;
    for (Numbers& result : elsewhere)
        threads.emplace_back([&] {
            augmented(*policy, 9, 9, 9);
            result = augmented(*policy, 1, 2, 3);
        });
    threads.clear();
    for (const Numbers& result : elsewhere) CHECK(result == first);
}

TEST_CASE("every place in the list has its own random numbers, and its probability") {
    const base::KindSpec noise{"noise"};
    const auto once = AugmentationPolicy::make({noise}),
               later = AugmentationPolicy::make({{"flip", {{"probability", 0}}}, noise});
    CHECK(augmented(*once, 1, 1, 1) != augmented(*later, 1, 1, 1));
    const auto never = AugmentationPolicy::make({{"flip", {{"probability", 0}}}});
    const auto half = AugmentationPolicy::make({{"flip"}});
    const auto always = AugmentationPolicy::make({{"flip", {{"probability", 1}}}});
    const Numbers before = randomPicture(12, 12, 3).values;
    int flips = 0;
    for (std::uint32_t row = 0; row < 400; ++row) {
        CHECK(augmented(*never, 1, 0, row) == before);
        CHECK(augmented(*always, 1, 0, row) != before);
        flips += augmented(*half, 1, 0, row) != before;
    }
    CHECK(std::abs(flips - 200) < 50);
    CHECK(augmented(*AugmentationPolicy::make({}), 1, 1, 1) == before);
}

TEST_CASE("partners are other rows of the batch, each met once") {
    const auto policy = AugmentationPolicy::make({{"mixup"}});
    CHECK(policy->mixes());
    CHECK_FALSE(policy->changes());
    std::set<std::uint32_t> distances;
    for (std::uint32_t batch = 0; batch < 50; ++batch) {
        std::set<std::uint32_t> met;
        for (std::uint32_t position = 0; position < 5; ++position) {
            const auto partner = policy->partner({1, 0, batch, position, 5});
            REQUIRE(partner);
            CHECK(*partner != position);
            met.insert(*partner);
            if (position == 0) distances.insert(*partner);
        }
        CHECK(met == std::set<std::uint32_t>{0, 1, 2, 3, 4});
    }
    CHECK(distances.size() == 4);
    CHECK_FALSE(policy->partner({1, 0, 0, 0, 1}));
    CHECK_FALSE(AugmentationPolicy::make({{"mixup", {{"probability", 0}}}})->partner({1, 0, 0, 0, 8}));
    CHECK_FALSE(AugmentationPolicy::make({{"flip"}})->partner({1, 0, 0, 0, 8}));
}

TEST_CASE("mixing is a function of seed, epoch, batch and position; of several mixings one is drawn") {
    const auto policy = AugmentationPolicy::make({{"mixup", {{"alpha", 1}}}, {"cutmix", {{"probability", 1}}}});
    const auto mixed = [&](const BatchPlace& place) {
        Picture picture{4, 4, 1, Numbers(16, 1.0f), {}}, other{4, 4, 1, Numbers(16, 0.0f), {}};
        AugmentedImage image = picture.view();
        const float share = policy->mix(image, other.view(), place);
        CHECK(share == doctest::Approx(std::accumulate(picture.values.begin(), picture.values.end(), 0.0) / 16));
        return picture.values;
    };
    const BatchPlace place{3, 4, 5, 6, 32};
    CHECK(mixed(place) == mixed(place));
    int pasted = 0;
    for (std::uint32_t position = 0; position < 200; ++position) {
        const Numbers values = mixed({3, 4, 5, position, 200});
        pasted += std::ranges::all_of(values, [](float value) { return value == 0 || value == 1; });
    }
    CHECK(std::abs(pasted - 100) < 35);
    std::set<Numbers> distinct;
    const auto blend = AugmentationPolicy::make({{"mixup"}});
    for (const BatchPlace& elsewhere :
         {place, {4, 4, 5, 6, 32}, {3, 5, 5, 6, 32}, {3, 4, 6, 6, 32}, {3, 4, 5, 7, 32}}) {
        Picture picture{1, 1, 1, {1}, {}}, other{1, 1, 1, {0}, {}};
        AugmentedImage image = picture.view();
        blend->mix(image, other.view(), elsewhere);
        distinct.insert(picture.values);
    }
    CHECK(distinct.size() == 5);
}

namespace {

// The member's usual parameters, and each parameter at both ends of its range or at each of its choices.
std::vector<Json> extremes(const AugmentationType& type) {
    std::vector<Json> result{Json::object()};
    for (const base::ParamType& parameter : type.parameters) {
        if (parameter.kind == base::ParamKind::Choice)
            for (const std::string& choice : parameter.choices) result.push_back({{parameter.id, choice}});
        if (parameter.kind == base::ParamKind::Number)
            for (const double end : {parameter.minimum, parameter.maximum}) result.push_back({{parameter.id, end}});
        if (parameter.kind == base::ParamKind::Integer)
            for (const double end : {parameter.minimum, parameter.maximum})
                result.push_back({{parameter.id, static_cast<std::int64_t>(end)}});
    }
    return result;
}

void checkSound(const AugmentationType& type, const Json& parameters, Picture picture, std::uint32_t stream) {
    const base::ParamValues values(type.parameters, parameters);
    const std::size_t classes = picture.mask.size();
    Picture other = picture;
    std::ranges::reverse(other.values);
    AugmentedImage image = picture.view();
    base::RandomStream random = streamOf(stream);
    if (type.make) {
        type.make(values)->apply(image, random);
    } else {
        const float share = type.makeMixing(values)->mix(image, other.view(), random);
        CHECK_UNARY(share >= 0 && share <= 1);
    }
    const auto inRange = [&](float value) { return value >= picture.low && value <= picture.high; };
    CHECK(std::ranges::all_of(picture.values, inRange));
    CHECK(std::ranges::all_of(picture.mask, [&](std::int32_t c) { return c >= 0 && std::cmp_less_equal(c, classes); }));
    if (type.moves == Moves::Nothing) CHECK(picture.mask == other.mask);
}

}  // namespace

TEST_CASE("every member keeps range and classes at all its extremes, for images of any size") {
    constexpr std::int64_t sizes[][2] = {{1, 1}, {1, 40}, {2, 2}, {40, 1}, {3, 17}, {28, 28}};
    for (const AugmentationType* type : augmentations().members()) {
        CAPTURE(type->id);
        CHECK((type->make != nullptr) != (type->makeMixing != nullptr));
        CHECK(type->parameter("probability"));
        std::uint32_t stream = 0;
        for (const Json& parameters : extremes(*type)) {
            CAPTURE(parameters.dump());
            base::Problems problems;
            checkAugmentation({{type->id, parameters}}, "data.augmentation", problems);
            CHECK(problems.empty());
            for (const auto& [height, width] : sizes)
                for (const std::int64_t channels : {1, 3, 4}) {
                    checkSound(*type, parameters, randomPicture(height, width, channels), ++stream);
                    checkSound(*type, parameters, randomPicture(height, width, channels, -2, 0.5), ++stream);
                }
        }
    }
}

TEST_CASE("mistakes in the list are told where they stand") {
    base::Problems problems;
    checkAugmentation({{"flip"}, {"rotat"}, {"rotate", {{"degrees", 181}}}}, "data.augmentation", problems);
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].where == "data.augmentation[1]");
    CHECK(problems[0].fix == "Did you mean \"rotate\"?");
    CHECK(problems[1].where == "data.augmentation[2].degrees");
}

TEST_CASE("what does not suit the data is told") {
    const auto found = [](const std::string& id, const AugmentationSubject& subject) {
        base::Problems problems;
        checkSubject({{"unknown"}, {id}}, subject, "data.augmentation", problems);
        if (problems.empty()) return std::string("nothing");
        CHECK(problems.size() == 1);
        CHECK(problems[0].where == "data.augmentation[1]");
        return std::string(base::severityName(problems[0].severity));
    };
    const std::string error = base::severityName(base::Severity::Error),
                      hint = base::severityName(base::Severity::Hint);
    const Field image{"x", {8, 8, 3}}, grey{"x", {8, 8, 1}}, table{"x", {5}};
    const AugmentationSubject photos{image}, numbers{image, false, Task::Regression};
    const AugmentationSubject masks{image, false, Task::Classification, {8, 8}};
    const AugmentationSubject coarse{image, false, Task::Classification, {4, 4}};
    const AugmentationSubject pictures{image, false, Task::Regression, {8, 8, 3}};
    for (const AugmentationType* type : augmentations().members()) {
        CAPTURE(type->id);
        CHECK(found(type->id, photos) == "nothing");
        CHECK(found(type->id, numbers) == "nothing");
        CHECK(found(type->id, {table, true}) == error);
        CHECK(found(type->id, {table}) == (type->id == "mixup" ? "nothing" : error));
        CHECK(found(type->id, masks) == (type->id == "aug_mix" ? error : "nothing"));
        CHECK(found(type->id, coarse) == (type->moves == Moves::Nothing ? "nothing" : error));
        CHECK(found(type->id, pictures) == (type->moves == Moves::Nothing ? "nothing" : error));
        CHECK(found(type->id, {grey}) == (type->id == "colour" ? hint : "nothing"));
    }
}
