// Layered places: order along the flow, no overlaps, few crossings, wires that pass beside nodes.

#include <QRectF>
#include <QTest>

#include "engine/base/Random.h"
#include "ui/canvas/LayerOrder.h"

using namespace perceptory::canvas;

class LayoutTest : public QObject {
    Q_OBJECT

private slots:
    void aChainStandsInOneLine();
    void branchesStandBesideEachOther();
    void aSkippingWirePassesBesideTheNodes();
    void residualBlocksStandInOneLine();
    void aLateInputStandsBeforeItsReader();
    void circlesAreCutOpen();
    void crossingsAreTakenOut();
    void randomNetworksDoNotOverlap();
    void bothDirectionsAreMirrored();
};

namespace {

LayoutRequest request(std::size_t count, std::vector<LayoutEdge> edges, QSizeF size = {120, 60}) {
    return {std::vector<QSizeF>(count, size), std::move(edges), Direction::LeftToRight, 64, 28};
}

std::vector<QRectF> boxes(const LayoutRequest& asked, const Layout& layout) {
    std::vector<QRectF> result;
    for (std::size_t i = 0; i < asked.sizes.size(); ++i) result.emplace_back(layout.places[i], asked.sizes[i]);
    return result;
}

LayoutRequest randomNetwork(perceptory::base::RandomStream& random) {
    LayoutRequest asked;
    const auto below = [&](std::size_t n) { return std::size_t{random.below(static_cast<std::uint32_t>(n))}; };
    const std::size_t count = 1 + below(40);
    for (std::size_t i = 0; i < count; ++i) {
        asked.sizes.emplace_back(random.uniform(60, 200), random.uniform(30, 120));
        for (std::size_t n = below(3); i > 0 && n > 0; --n) asked.edges.push_back({below(i), i});
    }
    return asked;
}

}  // namespace

void LayoutTest::aChainStandsInOneLine() {
    const LayoutRequest asked = request(4, {{0, 1}, {1, 2}, {2, 3}});
    const Layout layout = layeredLayout(asked);
    for (std::size_t i = 0; i < 4; ++i) QCOMPARE(layout.places[i], QPointF(184.0 * double(i), 0));
    for (const auto& route : layout.routes) QVERIFY(route.empty());
}

void LayoutTest::branchesStandBesideEachOther() {
    const LayoutRequest asked = request(4, {{0, 1}, {0, 2}, {1, 3}, {2, 3}});
    const Layout layout = layeredLayout(asked);
    QCOMPARE(layout.places[1].x(), layout.places[2].x());
    QCOMPARE(std::abs(layout.places[1].y() - layout.places[2].y()), 60.0 + 28);
    const double middle = (layout.places[1].y() + layout.places[2].y()) / 2;
    QVERIFY(qAbs(layout.places[0].y() - middle) < 1);
    QVERIFY(qAbs(layout.places[3].y() - middle) < 1);
}

void LayoutTest::aSkippingWirePassesBesideTheNodes() {
    const LayoutRequest asked = request(5, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {0, 4}});
    const Layout layout = layeredLayout(asked);
    QCOMPARE(layout.routes[4].size(), 3u);
    for (const QPointF& point : layout.routes[4])
        for (const QRectF& box : boxes(asked, layout)) QVERIFY(!box.contains(point));
}

// in → (a → b → sum) …, each sum reading the sum before it too.
void LayoutTest::residualBlocksStandInOneLine() {
    std::vector<LayoutEdge> edges;
    std::size_t last = 0;
    for (int block = 0; block < 12; ++block) {
        for (const std::size_t step : {0, 1, 2}) edges.push_back({last + step, last + step + 1});
        edges.push_back({last, last + 3});
        last += 3;
    }
    const Layout layout = layeredLayout(request(last + 1, edges));
    for (std::size_t sum = 3; sum <= last; sum += 3)
        QVERIFY(std::abs(layout.places[sum].y() - layout.places[3].y()) < 1);
}

void LayoutTest::aLateInputStandsBeforeItsReader() {
    const Layout layout = layeredLayout(request(5, {{0, 1}, {1, 2}, {2, 3}, {4, 3}}));
    QCOMPARE(layout.places[4].x(), layout.places[2].x());
}

void LayoutTest::circlesAreCutOpen() {
    const LayoutRequest asked = request(3, {{0, 1}, {1, 2}, {2, 0}, {1, 1}});
    const Layout layout = layeredLayout(asked);
    QVERIFY(layout.places[0].x() < layout.places[1].x());
    QVERIFY(layout.places[1].x() < layout.places[2].x());
}

void LayoutTest::crossingsAreTakenOut() {
    // Two rows of three, each joined with the one mirrored to it.
    LayeredGraph graph = layerNodes(6, {{0, 5}, {1, 4}, {2, 3}});
    QCOMPARE(crossings(graph), 3u);
    orderLayers(graph);
    QCOMPARE(crossings(graph), 0u);
}

void LayoutTest::randomNetworksDoNotOverlap() {
    perceptory::base::RandomStream random(7, 0);
    for (int n = 0; n < 300; ++n) {
        const LayoutRequest asked = randomNetwork(random);
        const Layout layout = layeredLayout(asked);
        const std::vector<QRectF> placed = boxes(asked, layout);
        for (std::size_t i = 0; i < placed.size(); ++i) {
            QVERIFY(placed[i].left() >= -1e-6 && placed[i].top() >= -1e-6);
            for (std::size_t k = 0; k < i; ++k)
                QVERIFY(!placed[i].adjusted(0, 0, -0.001, -0.001).intersects(placed[k]));
        }
        for (const LayoutEdge& edge : asked.edges) QVERIFY(placed[edge.from].right() < placed[edge.to].left());
        QCOMPARE(layeredLayout(asked).places, layout.places);
    }
}

void LayoutTest::bothDirectionsAreMirrored() {
    LayoutRequest across = request(4, {{0, 1}, {0, 2}, {1, 3}, {2, 3}}, {50, 50}), down = across;
    down.direction = Direction::TopToBottom;
    const Layout first = layeredLayout(across), second = layeredLayout(down);
    for (std::size_t i = 0; i < 4; ++i) QCOMPARE(first.places[i], second.places[i].transposed());
}

QTEST_GUILESS_MAIN(LayoutTest)
#include "LayoutTest.moc"
