#include "ui/document/commands/WeightCommands.h"

#include <QUndoCommand>

#include "ui/document/commands/Words.h"

namespace perceptory::document {

namespace {

class WeightCommand : public QUndoCommand {
public:
    WeightCommand(Document& document, WeightAddress address, double before, double after)
        : m_document(document),
          m_address(std::move(address)),
          m_before(before),
          m_after(after),
          m_mergeId(document.gestureId()) {
        const std::size_t point = m_address.parameter.rfind('.');
        const QString node = QString::fromStdString(m_address.parameter.substr(0, point));
        setText(m_address.parameter.ends_with(".bias") ? Words::tr("Set bias of %1").arg(node)
                                                       : Words::tr("Set weight of %1").arg(node));
    }

    int id() const override { return m_mergeId; }
    void redo() override { put(m_after); }
    void undo() override { put(m_before); }

    bool mergeWith(const QUndoCommand* later) override {
        const auto* weight = dynamic_cast<const WeightCommand*>(later);
        if (!weight || !(weight->m_address == m_address)) return false;
        m_after = weight->m_after;
        setObsolete(m_after == m_before);
        return true;
    }

private:
    void put(double value) {
        emit m_document.weightSet(QString::fromStdString(m_address.parameter), m_address.index, value);
    }

    Document& m_document;
    WeightAddress m_address;
    double m_before, m_after;
    int m_mergeId;
};

}  // namespace

void setWeight(Document& document, const WeightAddress& address, double before, double after) {
    if (before == after) return;
    document.undoStack().push(new WeightCommand(document, address, before, after));
}

}  // namespace perceptory::document
