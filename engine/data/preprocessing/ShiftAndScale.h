#pragma once
// y = (x - shift) / scale for each value of a row: what standardize, min_max, channel_standardize and mean_image become
// once fitted. Shifts and scales are given for each value, for each channel (the last axis of the shape), or once: the
// list is repeated to fill a row, and a model file holds it once.

#include "engine/data/preprocessing/Preprocessing.h"

namespace perceptory::data {

class ShiftAndScale : public Preprocessor {
public:
    // `width` is a multiple of both sizes; no scale is 0.
    ShiftAndScale(std::size_t width, std::vector<double> shift, std::vector<double> scale);

    void apply(const ConstRows& from, const Rows& to) const override;
    void undo(const ConstRows& from, const Rows& to) const override;
    std::string onnx(ir::OnnxGraph& graph, const std::string& x, const PreparedShape& in) const override;
    ir::ValueId lower(ir::Graph& graph, ir::ValueId x, const PreparedShape& in) const override;
    Fitted fitted() const override;

    // One shift and one scale for each value.
    static std::shared_ptr<const Preprocessor> restore(const Fitted& fitted, const PreparedShape& in,
                                                       const std::string& place);
    // So many shifts and scales.
    static std::shared_ptr<const Preprocessor> restore(const Fitted& fitted, const PreparedShape& in,
                                                       std::size_t shifts, std::size_t scales,
                                                       const std::string& place);

private:
    std::vector<double> m_shift, m_scale;              // as given
    std::vector<double> m_rowOfShifts, m_rowOfScales;  // repeated, so that one plain loop serves all
};

}  // namespace perceptory::data
