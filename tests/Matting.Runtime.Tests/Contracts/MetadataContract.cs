using Matting.Runtime.Tests.TinyModels;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Matting.Runtime.Tests.Contracts;

public sealed class MetadataContract
{
    [Fact]
    public void Inputs_and_outputs_have_names_types_and_shapes()
    {
        using InferenceSession session = new(SmallModels.Identity(TinyModel.Int64, 1, 3));
        Assert.Equal(["x"], session.InputNames);
        Assert.Equal(["y"], session.OutputNames);
        NodeMetadata input = session.InputMetadata["x"];
        Assert.Equal(OnnxValueType.ONNX_TYPE_TENSOR, input.OnnxValueType);
        Assert.True(input.IsTensor);
        Assert.Equal(TensorElementType.Int64, input.ElementDataType);
        Assert.Equal(typeof(long), input.ElementType);
        Assert.Equal([1, 3], input.Dimensions);
        Assert.Equal([1, 3], session.OutputMetadata["y"].Dimensions);
    }

    [Fact]
    public void Open_dimensions_are_minus_one_and_keep_their_names()
    {
        using InferenceSession session = new(SmallModels.Identity(TinyModel.Float, "N", 3, null));
        NodeMetadata input = session.InputMetadata["x"];
        Assert.Equal([-1, 3, -1], input.Dimensions);
        Assert.Equal(["N", "", ""], input.SymbolicDimensions);
    }

    [Fact]
    public void A_scalar_has_no_dimensions()
    {
        using InferenceSession session = new(SmallModels.Identity(TinyModel.Float));
        Assert.Empty(session.InputMetadata["x"].Dimensions);
        Assert.Empty(session.InputMetadata["x"].SymbolicDimensions);
    }

    [Fact]
    public void What_the_file_says_about_itself_is_read()
    {
        TinyModel model = new()
        {
            Producer = "hand-made",
            GraphName = "graph",
            Domain = "org.example",
            Description = "a model – für Prüfungen",
            GraphDescription = "two nodes",
            Version = 1L << 40,
        };
        using InferenceSession session = new(SmallModels.Twice(model).Property("size", "512x768").Property("naïve ✓", "wert\nzwei").Property("empty", "").ToBytes());
        ModelMetadata metadata = session.ModelMetadata;
        Assert.Same(metadata, session.ModelMetadata);
        Assert.Equal("hand-made", metadata.ProducerName);
        Assert.Equal("graph", metadata.GraphName);
        Assert.Equal("org.example", metadata.Domain);
        Assert.Equal("a model – für Prüfungen", metadata.Description);
        Assert.Equal("two nodes", metadata.GraphDescription);
        Assert.Equal(1L << 40, metadata.Version);
        Assert.Equal(
            new Dictionary<string, string> { ["size"] = "512x768", ["naïve ✓"] = "wert\nzwei", ["empty"] = "" },
            metadata.CustomMetadataMap);
    }

    [Fact]
    public void On_the_CPU_the_inputs_belong_into_its_memory()
    {
        byte[] model = new TinyModel()
            .Input("a", TinyModel.Float, 2).Input("b", TinyModel.Float, 2).Output("c", TinyModel.Float, 2).Node("Add", ["a", "b"], ["c"]).ToBytes();
        using InferenceSession session = new(model);
        using IDisposableReadOnlyCollection<OrtMemoryInfo> places = session.GetMemoryInfosForInputs();
        Assert.Equal(["Cpu", "Cpu"], places.Select(place => place.Name));
        Assert.Equal("Cpu", OrtMemoryInfo.DefaultInstance.Name);
        Assert.False(OrtMemoryInfo.DefaultInstance.IsInvalid);
    }

    [Fact]
    public void A_file_without_properties_has_an_empty_map()
    {
        using InferenceSession session = new(SmallModels.Affine());
        Assert.Empty(session.ModelMetadata.CustomMetadataMap);
    }
}
