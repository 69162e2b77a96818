#include "tests/ui/translation/ShownTexts.h"

#include <QAbstractItemView>
#include <QAction>
#include <QComboBox>
#include <QMetaProperty>
#include <QPaintEngine>
#include <QTabBar>
#include <QWidget>

namespace perceptory::tests {

namespace {

// Takes down the texts that are painted and paints nothing.
class TextEngine : public QPaintEngine {
public:
    explicit TextEngine(std::vector<ShownText>& texts) : QPaintEngine(AllFeatures), m_texts(texts) {}

    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    Type type() const override { return User; }
    void updateState(const QPaintEngineState&) override {}
    void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override {}
    void drawImage(const QRectF&, const QImage&, const QRectF&, Qt::ImageConversionFlags) override {}
    void drawPath(const QPainterPath&) override {}
    void drawPolygon(const QPointF*, int, PolygonDrawMode) override {}
    void drawTextItem(const QPointF&, const QTextItem& item) override { m_texts.push_back({"painted", item.text()}); }

private:
    std::vector<ShownText>& m_texts;
};

class TextPaper : public QPaintDevice {
public:
    TextPaper(const QSize& size, std::vector<ShownText>& texts) : m_size(size), m_engine(texts) {}
    QPaintEngine* paintEngine() const override { return &m_engine; }

protected:
    int metric(PaintDeviceMetric metric) const override {
        switch (metric) {
            case PdmWidth:
                return m_size.width();
            case PdmHeight:
                return m_size.height();
            case PdmWidthMM:
            case PdmHeightMM:
                return 300;
            case PdmDevicePixelRatioScaled:
                return static_cast<int>(QPaintDevice::devicePixelRatioFScale());
            case PdmDevicePixelRatio:
                return 1;
            case PdmNumColors:
            case PdmDepth:
                return 32;
            default:
                return 96;
        }
    }

private:
    QSize m_size;
    mutable TextEngine m_engine;
};

// Names for the program, fonts, styles and files, and what the user typed, are no words.
bool isForUsers(const QString& property) {
    static const QStringList words{"text",        "windowTitle",     "toolTip",          "statusTip",
                                   "whatsThis",   "title",           "accessibleName",   "placeholderText",
                                   "description", "informativeText", "labelText",        "accessibleDescription",
                                   "prefix",      "suffix",          "specialValueText", "titleText",
                                   "iconText",    "detailedText"};
    return words.contains(property);
}

void readProperties(const QObject& object, std::vector<ShownText>& texts) {
    const QMetaObject* type = object.metaObject();
    if (object.inherits("QLineEdit") || object.inherits("QPlainTextEdit"))
        texts.push_back({"placeholder", object.property("placeholderText").toString()});
    for (int i = 0; i < type->propertyCount(); ++i) {
        const QMetaProperty property = type->property(i);
        const bool typed = object.inherits("QLineEdit") && QByteArray(property.name()) == "text";
        if (property.metaType() != QMetaType::fromType<QString>() || typed) continue;
        if (isForUsers(property.name()))
            texts.push_back(
                {QString("%1.%2").arg(type->className(), property.name()), property.read(&object).toString()});
    }
}

void readItems(const QAbstractItemModel& model, const QString& where, std::vector<ShownText>& texts) {
    for (int row = 0; row < model.rowCount(); ++row)
        for (int role : {Qt::DisplayRole, Qt::ToolTipRole, Qt::StatusTipRole, Qt::AccessibleTextRole,
                         Qt::AccessibleDescriptionRole})
            texts.push_back({where, model.index(row, 0).data(role).toString()});
}

void readParts(const QObject& object, std::vector<ShownText>& texts) {
    const QString where = object.metaObject()->className();
    if (const auto* box = qobject_cast<const QComboBox*>(&object)) readItems(*box->model(), where, texts);
    if (const auto* view = qobject_cast<const QAbstractItemView*>(&object))
        if (view->model()) readItems(*view->model(), where, texts);
    if (const auto* tabs = qobject_cast<const QTabBar*>(&object))
        for (int i = 0; i < tabs->count(); ++i) {
            texts.push_back({where, tabs->tabText(i)});
            texts.push_back({where, tabs->tabToolTip(i)});
        }
}

}  // namespace

std::vector<ShownText> shownTexts(QWidget& window) {
    std::vector<ShownText> texts;
    QObjectList objects{&window};
    objects += window.findChildren<QObject*>();
    for (const QObject* object : objects) {
        readProperties(*object, texts);
        readParts(*object, texts);
    }
    TextPaper paper(window.size(), texts);
    if (window.isVisible()) window.render(&paper);
    std::erase_if(texts, [](const ShownText& shown) { return shown.text.isEmpty(); });
    return texts;
}

}  // namespace perceptory::tests
