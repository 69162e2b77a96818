#pragma once
// y = (x - mean) · F, and back x = mean + y · B: what pca, pca_whitening and zca_whitening become once fitted. F has a
// row for each value that comes in and a column for each that goes out; B is the nearest way back.

#include "engine/data/preprocessing/PackedMatrix.h"

namespace perceptory::data {

class LinearMap : public Preprocessor {
public:
    // What comes out: components "pc1", "pc2" …, or the values and the shape that came in.
    enum class Output { Components, Values };

    LinearMap(Output output, std::vector<double> mean, PackedMatrix forward, PackedMatrix backward);

    PreparedShape outputs(const PreparedShape& in) const override;
    void apply(const ConstRows& from, const Rows& to) const override;
    void undo(const ConstRows& from, const Rows& to) const override;
    std::string onnx(ir::OnnxGraph& graph, const std::string& x, const PreparedShape& in) const override;
    ir::ValueId lower(ir::Graph& graph, ir::ValueId x, const PreparedShape& in) const override;
    Fitted fitted() const override;

    template <Output output>
    static std::shared_ptr<const Preprocessor> restore(const Fitted& fitted, const PreparedShape& in,
                                                       const std::string& place) {
        return restored(output, fitted, in, place);
    }

private:
    static std::shared_ptr<const Preprocessor> restored(Output output, const Fitted& fitted, const PreparedShape& in,
                                                        const std::string& place);

    ir::ValueId centred(ir::Graph& graph, ir::ValueId x) const;

    Output m_output;
    std::vector<double> m_mean;
    PackedMatrix m_forward, m_backward;
};

}  // namespace perceptory::data
