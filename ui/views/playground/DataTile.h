#pragma once
// A picture of a data set to click on: samples of a generator, the picture a set brings, or a symbol. GUI thread.

#include <QToolButton>

#include "engine/data/bundled/BundledSet.h"
#include "engine/data/generators/Generator.h"
#include "ui/views/playground/Glyphs.h"

namespace perceptory::views {

class DataTile : public QToolButton {
    Q_OBJECT

public:
    explicit DataTile(const data::GeneratorType& generator, QWidget* parent = nullptr);
    explicit DataTile(const data::BundledSetType& set, QWidget* parent = nullptr);
    DataTile(Glyph glyph, const QString& name, const QString& help, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {40, 40}; }

protected:
    void paintEvent(QPaintEvent*) override;
    void changeEvent(QEvent*) override;

private:
    void setUp(const QString& name, const QString& help);
    QPixmap picture() const;

    const data::GeneratorType* m_generator = nullptr;
    const data::BundledSetType* m_set = nullptr;
    Glyph m_glyph = Glyph::Table;
    QPixmap m_picture;
};

}  // namespace perceptory::views
