using Matting.Runtime.Tests.TinyModels;
using Matting.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Tests.Contracts;

public sealed class InferenceSessionContract
{
    [Fact]
    public void A_model_in_memory_runs()
    {
        using InferenceSession session = new(SmallModels.Affine());
        Assert.Equal([3f, 5f, 7f, 9f, 11f, 13f], Tensors.RunOne(session, [1f, 2f, 3f, 4f, 5f, 6f], 2, 3));
    }

    [Fact]
    public void A_model_in_a_file_runs_also_under_a_name_beyond_ASCII()
    {
        using TempFolder folder = new();
        string path = folder.File("modèle ✓.onnx");
        File.WriteAllBytes(path, SmallModels.Affine());
        using InferenceSession session = new(path);
        Assert.Equal([3f, 5f, 7f], Tensors.RunOne(session, [1f, 2f, 3f], 1, 3));
        using SessionOptions options = new();
        using InferenceSession second = new(path, options);
        Assert.Equal([1f, 1f, 1f], Tensors.RunOne(second, [0f, 0f, 0f], 1, 3));
    }

    [Fact]
    public void Outputs_go_into_memory_that_the_caller_made()
    {
        using InferenceSession session = new(SmallModels.Affine());
        using RunOptions run = new();
        float[] result = new float[3];
        float[] source = [1f, 2f, 3f];
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(source, [1, 3]);
        using OrtValue output = OrtValue.CreateTensorValueFromMemory(result, [1, 3]);
        session.Run(run, ["x"], [input], ["y"], [output]);
        Assert.Equal([3f, 5f, 7f], result);
        source[0] = 10f;
        session.Run(null, ["x"], [input], ["y"], [output]);
        Assert.Equal([21f, 5f, 7f], result);
    }

    [Fact]
    public void A_convolution_computes_what_its_definition_says()
    {
        byte[] model = new TinyModel()
            .Input("image", TinyModel.Float, 1, 1, 3, 3)
            .Output("sum", TinyModel.Float, 1, 1, 3, 3)
            .Weights("kernel", [0f, 1f, 0f, 1f, 1f, 1f, 0f, 1f, 0f], 1, 1, 3, 3)
            .Node("Conv", ["image", "kernel"], ["sum"], ("kernel_shape", new long[] { 3, 3 }), ("pads", new long[] { 1, 1, 1, 1 }))
            .ToBytes();
        using InferenceSession session = new(model);
        // sums of each pixel and its four neighbours, zero beyond the border
        Assert.Equal([7f, 11f, 11f, 17f, 25f, 23f, 19f, 29f, 23f], Tensors.RunOne(session, [1f, 2, 3, 4, 5, 6, 7, 8, 9], 1, 1, 3, 3));
    }

    [Fact]
    public void A_subset_of_several_outputs_can_be_asked_for_in_any_order()
    {
        byte[] model = new TinyModel()
            .Input("x", TinyModel.Float, 2)
            .Output("negative", TinyModel.Float, 2)
            .Output("positive", TinyModel.Float, 2)
            .Node("Neg", ["x"], ["negative"])
            .Node("Abs", ["x"], ["positive"])
            .ToBytes();
        using InferenceSession session = new(model);
        using RunOptions run = new();
        using OrtValue input = OrtValue.CreateTensorValueFromMemory([1f, -2f], [2]);
        using IDisposableReadOnlyCollection<OrtValue> both = session.Run(run, ["x"], [input], ["positive", "negative"]);
        Assert.Equal(2, both.Count);
        Assert.Equal([1f, 2f], both[0].GetTensorDataAsSpan<float>().ToArray());
        Assert.Equal([-1f, 2f], both[1].GetTensorDataAsSpan<float>().ToArray());
        using IDisposableReadOnlyCollection<OrtValue> one = session.Run(run, ["x"], [input], ["positive"]);
        Assert.Single(one);
    }

    [Fact]
    public void Other_element_types_pass_through()
    {
        Assert.Equal([1L, -2L], RoundTrip([1L, -2L], TinyModel.Int64));
        Assert.Equal([1, -2], RoundTrip([1, -2], TinyModel.Int32));
        Assert.Equal<byte>([1, 255], RoundTrip<byte>([1, 255], TinyModel.UInt8));
        Assert.Equal([true, false], RoundTrip([true, false], TinyModel.Bool));
        Assert.Equal([0.1, -0.2], RoundTrip([0.1, -0.2], TinyModel.Double));
    }

    [Fact]
    public void One_session_serves_many_threads()
    {
        using InferenceSession session = new(SmallModels.Affine());
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            Assert.Equal([(2f * i) + 1, 1f, -1f], Tensors.RunOne(session, [i, 0f, -1f], 1, 3)));
    }

    [Fact]
    public void A_thousand_sessions_come_and_go()
    {
        byte[] model = SmallModels.Affine();
        using SessionOptions options = new() { IntraOpNumThreads = 1 };
        for (int i = 0; i < 1_000; i++)
        {
            InferenceSession session = new(model, options);
            session.Dispose();
            session.Dispose();
        }
        using InferenceSession last = new(model, options);
        Assert.Equal([3f, 5f, 7f], Tensors.RunOne(last, [1f, 2f, 3f], 1, 3));
    }

    private static T[] RoundTrip<T>(T[] values, int type) where T : unmanaged
    {
        using InferenceSession session = new(SmallModels.Identity(type, values.Length));
        Assert.Equal(typeof(T), session.InputMetadata["x"].ElementType);
        return Tensors.RunOne(session, values, values.Length);
    }
}
