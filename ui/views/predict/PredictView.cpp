#include "ui/views/predict/PredictView.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QImageReader>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <charconv>
#include <cmath>

#include "ui/views/predict/RowEditor.h"
#include "ui/widgets/ShareBars.h"

namespace perceptory::views {

namespace {

constexpr QSize usualSize{560, 380};

std::string valuesOf(const std::vector<float>& row) {
    std::string text;
    char number[32];
    for (const float value : row) {
        if (std::isnan(value)) {
            text += "- ";
            continue;
        }
        text.append(number, std::to_chars(number, number + sizeof number, value).ptr) += ' ';
    }
    return text;
}

QStringList namesIn(const base::Json& facts) {
    QStringList names;
    for (const base::Json& name : facts["names"]) names << QString::fromStdString(name.get<std::string>());
    return names;
}

}  // namespace

PredictView::PredictView(QWidget* parent)
    : QWidget(parent, Qt::Window),
      m_place(new QVBoxLayout),
      m_hint(new QLabel),
      m_answer(new QLabel),
      m_numbers(new QLabel),
      m_shares(new widgets::ShareBars),
      m_sample(new QSpinBox),
      m_open(new QPushButton(tr("&Open a picture…"))) {
    setWindowTitle(tr("Ask the network"));
    setAcceptDrops(true);
    resize(usualSize);
    for (QLabel* label : {m_hint, m_answer, m_numbers}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    QFont large = font();
    large.setPointSizeF(1.8 * large.pointSizeF());
    m_answer->setFont(large);
    m_answer->setAccessibleName(tr("Answer"));
    m_shares->setAccessibleName(tr("Probabilities"));
    m_sample->setPrefix(tr("Sample "));
    m_sample->setAccessibleName(tr("Sample"));
    m_sample->setToolTip(tr("Begin with a row of the data"));
    auto* own = new QHBoxLayout;
    own->addWidget(m_sample);
    own->addWidget(m_open);
    own->addStretch();
    auto* left = new QVBoxLayout;
    left->addWidget(m_hint);
    left->addLayout(m_place, 1);
    left->addLayout(own);
    auto* right = new QVBoxLayout;
    right->addWidget(m_answer);
    right->addWidget(m_numbers);
    right->addWidget(m_shares);
    right->addStretch();
    auto* row = new QHBoxLayout(this);
    row->addLayout(left, 1);
    row->addLayout(right, 1);
    connect(m_sample, &QSpinBox::valueChanged, this, &PredictView::takeSample);
    connect(m_open, &QPushButton::clicked, this, &PredictView::choosePicture);
    takeDataset(nullptr);
}

QString PredictView::answer() const { return m_answer->text(); }

QString PredictView::details() const { return m_numbers->text() + m_shares->lines().join('\n'); }

void PredictView::takeDataset(std::shared_ptr<const data::Dataset> dataset) {
    m_dataset = std::move(dataset);
    delete std::exchange(m_editor, nullptr);
    m_values.clear();
    m_answer->clear();
    m_numbers->clear();
    m_shares->setShares({}, {});
    m_editor = m_dataset ? makeRowEditor(m_dataset) : nullptr;
    const bool hasRows = m_dataset && m_dataset->count > 0;
    m_sample->setEnabled(hasRows);
    m_sample->setMaximum(hasRows ? static_cast<int>(m_dataset->count) - 1 : 0);
    m_open->setVisible(m_editor && m_dataset->pipeline.featureFields().front().shape.size() == 3);
    m_hint->setText(m_editor    ? tr("A row of your own:")
                    : m_dataset ? tr("Rows of these data are too wide to be typed. Choose a sample.")
                                : tr("There are no data yet, so the network cannot be asked."));
    if (!m_editor) return emit wantedChanged();
    m_place->addWidget(m_editor);
    connect(m_editor, &RowEditor::edited, this, [this] { ask(m_editor->row()); });
    takeSample();
}

void PredictView::takeSample() {
    if (!m_dataset || m_dataset->count == 0) return;
    std::vector<float> scratch;
    const auto raw = m_dataset->rawRow(static_cast<std::size_t>(m_sample->value()), scratch);
    if (m_editor) m_editor->setRow(raw);
    ask({raw.begin(), raw.end()});
}

void PredictView::ask(const std::vector<float>& row) {
    m_values = valuesOf(row);
    emit wantedChanged();
}

std::vector<training::ProbeRequest> PredictView::wanted() const {
    if (m_values.empty()) return {};
    return {{"predict", {{"values", m_values}}}};
}

void PredictView::showSnapshot(const training::Snapshot& snapshot) {
    if (snapshot.dataset != m_dataset) takeDataset(snapshot.dataset);
    if (m_values.empty()) return;
    // Of a row that was changed since, nothing is there yet.
    if (const training::ProbeResult* result = snapshot.probe(wanted().front())) showResult(*result);
}

void PredictView::showResult(const training::ProbeResult& result) {
    if (result.facts.contains("error")) {
        m_answer->clear();
        m_shares->setShares({}, {});
        return m_numbers->setText(QString::fromStdString(result.facts["error"].get<std::string>()));
    }
    const QStringList names = namesIn(result.facts);
    const int said = result.facts["class"];
    if (said >= 0) {
        m_answer->setText(names.value(said, QString::number(said)));
        m_numbers->clear();
        return m_shares->setShares(names, result.values);
    }
    QStringList lines;
    for (std::size_t i = 0; i < result.values.size(); ++i)
        lines << tr("%1: %2").arg(names.value(static_cast<qsizetype>(i), QString::number(i)),
                                  QLocale().toString(result.values[i], 'g', 6));
    m_answer->setText(lines.size() == 1 ? lines.front() : QString());
    m_numbers->setText(lines.size() == 1 ? QString() : lines.join('\n'));
    m_shares->setShares({}, {});
}

void PredictView::choosePicture() {
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Open a picture"), {}, tr("Pictures (*.png *.jpg *.jpeg *.bmp *.pgm *.ppm);;All files (*)"));
    if (!path.isEmpty()) openPicture(path);
}

void PredictView::openPicture(const QString& path) {
    if (!m_editor) return;
    QImageReader reader(path);
    reader.setAutoTransform(true);
    const QImage picture = reader.read();
    if (picture.isNull()) return m_hint->setText(tr("%1: %2. Choose another picture.").arg(path, reader.errorString()));
    m_hint->setText(m_editor->takePicture(picture) ? tr("A row of your own:")
                                                   : tr("These data are no pictures. Type a row instead."));
}

// Nobody looks any more.
void PredictView::closeEvent(QCloseEvent* event) {
    m_values.clear();
    emit wantedChanged();
    QWidget::closeEvent(event);
}

void PredictView::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void PredictView::dropEvent(QDropEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!urls.isEmpty()) openPicture(urls.front().toLocalFile());
}

}  // namespace perceptory::views
