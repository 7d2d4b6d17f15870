namespace Matting.Fuzz.Corpus;

/// <summary>Texts that mean something in a model, by the field they stand in.</summary>
internal static class OnnxWords
{
    public static IReadOnlyDictionary<string, string[]> ByField { get; } = new Dictionary<string, string[]>
    {
        ["onnx.NodeProto.op_type"] =
        [
            "Add", "ArgMax", "AveragePool", "BatchNormalization", "Cast", "Clip", "Compress", "Concat", "Constant", "ConstantOfShape", "Conv", "ConvTranspose", "CumSum",
            "DepthToSpace", "Div", "Dropout", "Einsum", "Expand", "EyeLike", "Flatten", "GRU", "Gather", "GatherND", "Gemm", "GlobalAveragePool", "GridSample", "Identity", "If",
            "InstanceNormalization", "LSTM", "LayerNormalization", "Loop", "LpPool", "MatMul", "MaxPool", "MaxUnpool", "Mod", "NonMaxSuppression", "NonZero", "OneHot", "Pad", "Pow",
            "QuantizeLinear", "RandomNormal", "RandomUniformLike", "Range", "ReduceMean", "ReduceSum", "Relu", "Reshape", "Resize", "ReverseSequence", "RoiAlign", "Scan", "ScatterND",
            "SequenceEmpty", "Shape", "Sigmoid", "Size", "Slice", "Softmax", "SpaceToDepth", "Split", "SplitToSequence", "Squeeze", "Sub", "TfIdfVectorizer", "Tile", "TopK", "Transpose",
            "Trilu", "Unique", "Unsqueeze", "Upsample", "Where",
        ],
        ["onnx.NodeProto.domain"] = ["", "ai.onnx", "ai.onnx.ml", "com.microsoft", "ai.onnx.training", "nowhere"],
        ["onnx.OperatorSetIdProto.domain"] = ["", "ai.onnx", "ai.onnx.ml", "com.microsoft", "nowhere"],
        ["onnx.AttributeProto.name"] =
        [
            "kernel_shape", "strides", "pads", "dilations", "group", "auto_pad", "mode", "axis", "axes", "keepdims", "output_shape", "output_padding", "to", "value", "perm", "ceil_mode",
            "storage_order", "count_include_pad", "coordinate_transformation_mode", "nearest_mode", "cubic_coeff_a", "blocksize", "body", "num_scan_inputs", "epsilon", "alpha", "equation",
        ],
        [""] =
        [
            "", "image", "alpha", "weights", "logits", "three", "shape4", "sizes4", "ones4", "pads8", "starts", "ends", "axes", "v0", "v1", "body", "mask", "x\0y", "\u00e9\u4e2d", "../../etc/passwd",
        ],
    };
}
