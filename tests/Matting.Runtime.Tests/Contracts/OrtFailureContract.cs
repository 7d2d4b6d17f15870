using Matting.Runtime.Tests.TinyModels;
using Matting.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Tests.Contracts;

public sealed class OrtFailureContract
{
    [Fact]
    public void Bytes_that_are_no_model_are_refused()
    {
        Assert.Throws<OnnxRuntimeException>(() => new InferenceSession([]));
        Assert.Throws<OnnxRuntimeException>(() => new InferenceSession([0xFF, 0xFF, 0xFF, 0xFF]));
    }

    [Fact]
    public void A_model_cut_anywhere_never_runs_as_if_whole()
    {
        byte[] whole = SmallModels.Affine();
        using SessionOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        for (int length = 1; length < whole.Length - 6; length++)
        {
            byte[] cut = whole[..length];
            Assert.Throws<OnnxRuntimeException>(() => new InferenceSession(cut, options).Dispose());
        }
    }

    [Fact]
    public void A_file_that_is_missing_or_a_folder_is_refused_by_name()
    {
        using TempFolder folder = new();
        string path = folder.File("none.onnx");
        Assert.Contains("none.onnx", Assert.Throws<OnnxRuntimeException>(() => new InferenceSession(path)).Message, StringComparison.Ordinal);
        Assert.Throws<OnnxRuntimeException>(() => new InferenceSession(folder.Path));
    }

    [Fact]
    public void An_operation_that_does_not_exist_is_refused()
    {
        byte[] model = new TinyModel()
            .Input("x", TinyModel.Float, 1)
            .Output("y", TinyModel.Float, 1)
            .Node("Frobnicate", ["x"], ["y"])
            .ToBytes();
        Assert.Contains("Frobnicate", Assert.Throws<OnnxRuntimeException>(() => new InferenceSession(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_begin_with_the_error_code() =>
        Assert.StartsWith("[ErrorCode:", Assert.Throws<OnnxRuntimeException>(() => new InferenceSession("/nowhere/model.onnx")).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_that_the_model_does_not_have_are_refused()
    {
        using InferenceSession session = new(SmallModels.Affine());
        using RunOptions run = new();
        using OrtValue input = OrtValue.CreateTensorValueFromMemory([1f, 2f, 3f], [1, 3]);
        Assert.Contains("'z'", Assert.Throws<OnnxRuntimeException>(() => session.Run(run, ["z"], [input], ["y"])).Message, StringComparison.Ordinal);
        Assert.Contains("'z'", Assert.Throws<OnnxRuntimeException>(() => session.Run(run, ["x"], [input], ["z"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_that_do_not_match_are_refused()
    {
        using InferenceSession session = Quiet(SmallModels.Affine());
        using RunOptions run = new();
        using OrtValue value = OrtValue.CreateTensorValueFromMemory([1f, 2f, 3f], [1, 3]);
        Assert.Throws<ArgumentException>(() => session.Run(run, ["x"], [value, value], ["y"]));
        Assert.Throws<ArgumentException>(() => session.Run(run, ["x"], [value], ["y"], []));
        Assert.Throws<OnnxRuntimeException>(() => session.Run(run, [], [], ["y"]));
    }

    [Fact]
    public void Types_ranks_and_dimensions_that_do_not_fit_are_refused()
    {
        using InferenceSession session = new(SmallModels.Affine());
        Assert.Throws<OnnxRuntimeException>(() => Tensors.RunOne(session, [1L, 2L, 3L], 1, 3));
        Assert.Throws<OnnxRuntimeException>(() => Tensors.RunOne(session, [1f, 2f, 3f], 3));
        Assert.Throws<OnnxRuntimeException>(() => Tensors.RunOne(session, [1f, 2f, 3f, 4f], 1, 4));
    }

    [Fact]
    public void An_output_of_the_wrong_shape_is_refused()
    {
        using InferenceSession session = Quiet(SmallModels.Affine());
        using RunOptions run = new();
        using OrtValue input = OrtValue.CreateTensorValueFromMemory([1f, 2f, 3f], [1, 3]);
        using OrtValue output = OrtValue.CreateTensorValueFromMemory(new float[6], [2, 3]);
        Assert.Throws<OnnxRuntimeException>(() => session.Run(run, ["x"], [input], ["y"], [output]));
    }

    [Fact]
    public void Terminate_stops_runs_until_it_is_taken_back()
    {
        using InferenceSession session = new(SmallModels.Affine());
        using RunOptions run = new();
        using OrtValue input = OrtValue.CreateTensorValueFromMemory([1f, 2f, 3f], [1, 3]);
        Assert.False(run.Terminate);
        run.Terminate = true;
        Assert.True(run.Terminate);
        Assert.Throws<OnnxRuntimeException>(() => session.Run(run, ["x"], [input], ["y"]));
        run.Terminate = false;
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["x"], [input], ["y"]);
        Assert.Equal([3f, 5f, 7f], outputs[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void Run_options_may_be_disposed_twice()
    {
        RunOptions run = new();
        Assert.False(run.IsInvalid);
        run.Dispose();
        run.Dispose();
        Assert.True(run.IsClosed);
    }

    // failing nodes are also logged to stderr unless the session is told not to
    private static InferenceSession Quiet(byte[] model)
    {
        using SessionOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        return new InferenceSession(model, options);
    }
}
