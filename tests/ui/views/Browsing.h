#pragma once
// A data browser to test, without a session: the data of the document are read when the test says so.

#include <QApplication>
#include <QTest>
#include <memory>

#include "engine/data/DatasetLoader.h"
#include "ui/views/data/DataBrowser.h"

namespace perceptory::tests {

struct Browsing {
    document::Document document;
    std::unique_ptr<views::DataBrowser> browser;

    explicit Browsing(const char* set, const char* preprocessing = "min_max") {
        base::Json project = document.json();
        project["data"] = base::Json{{"source", "dataset"}, {"id", set}, {"seed", "1"}};
        project["data"]["split"] = {{"mode", "random"}, {"train", 0.6}, {"validation", 0.2}, {"test", 0.2}};
        project["data"]["preprocessing"] = base::Json::array({base::Json{{"type", preprocessing}}});
        document.open(project, {}, {});
        browser = std::make_unique<views::DataBrowser>(document);
        browser->show();
        QApplication::setActiveWindow(browser.get());
        read();
    }

    void read() {
        base::Problems problems;
        auto dataset = data::loadDataset(document.spec().data, document.folder(), problems);
        if (!dataset) return browser->showRefusal(problems);
        show(std::move(dataset));
    }
    void show(std::shared_ptr<const data::Dataset> dataset) {
        training::Snapshot snapshot;
        snapshot.dataset = std::move(dataset);
        snapshot.revision = document.revision();
        browser->showSnapshot(snapshot);
    }

    views::SampleList& list() { return browser->list(); }
    const data::Dataset& dataset() { return *list().dataset(); }
};

// So many grey pictures of 28 × 28 with ten classes.
inline std::shared_ptr<const data::Dataset> manyPictures(std::size_t count) {
    constexpr std::size_t width = 28 * 28;
    auto set = std::make_shared<data::Dataset>();
    set->count = count;
    set->raw = data::RowStore(width, data::RowStore::Number::Byte, 255);
    std::vector<std::uint8_t> row(width);
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < width; ++j) row[j] = static_cast<std::uint8_t>(i * 7 + j * (i % 5));
        set->raw.append(row);
        set->labels.push_back(static_cast<std::int32_t>(i % 10));
        (i % 6 == 0 ? set->parts.test : set->parts.train).push_back(static_cast<std::uint32_t>(i));
    }
    for (std::size_t j = 0; j < width; ++j) set->rawNames.push_back("p" + std::to_string(j));
    for (int i = 0; i < 10; ++i) set->classNames.push_back(std::to_string(i));
    base::Problems problems;
    set->pipeline = *data::InputPipeline::make({set->rawNames}, {}, problems);
    set->pipeline.setInputShape({28, 28, 1});
    set->featureNames = set->pipeline.inputNames();
    set->inputShape = set->pipeline.inputShape();
    return set;
}

}  // namespace perceptory::tests
