using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Matting.Runtime.Tests.Contracts;

public sealed class OrtValueContract
{
    [Fact]
    public void A_tensor_over_an_array_knows_its_shape_and_type()
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory([1f, 2f, 3f, 4f, 5f, 6f], [2, 3]);
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        Assert.Equal([2, 3], info.Shape);
        Assert.Equal(6, info.ElementCount);
        Assert.Equal(2, info.DimensionsCount);
        Assert.Equal(TensorElementType.Float, info.ElementDataType);
        Assert.Equal(OnnxValueType.ONNX_TYPE_TENSOR, value.OnnxType);
        Assert.True(value.IsTensor);
    }

    [Fact]
    public void The_tensor_is_the_array_not_a_copy()
    {
        float[] array = [1f, 2f, 3f];
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(array, [3]);
        value.GetTensorMutableDataAsSpan<float>()[1] = 20f;
        array[2] = 30f;
        Assert.Equal(20f, array[1]);
        Assert.Equal([1f, 20f, 30f], value.GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void A_tensor_may_cover_a_part_of_the_memory()
    {
        float[] array = [0f, 1f, 2f, 3f, 4f];
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, array.AsMemory(1, 4), [3]);
        Assert.Equal([1f, 2f, 3f], value.GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void Memory_shorter_than_the_shape_is_refused() =>
        Assert.Throws<OnnxRuntimeException>(() => OrtValue.CreateTensorValueFromMemory([1f, 2f], [3]));

    [Fact]
    public void A_shape_without_elements_gives_an_empty_span()
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory([1f], [0, 3]);
        Assert.Equal(0, value.GetTensorTypeAndShape().ElementCount);
        Assert.True(value.GetTensorDataAsSpan<float>().IsEmpty);
    }

    [Fact]
    public void A_shape_without_dimensions_is_a_scalar()
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory([7f], []);
        Assert.Equal(1, value.GetTensorTypeAndShape().ElementCount);
        Assert.Equal(7f, value.GetTensorDataAsSpan<float>()[0]);
    }

    [Fact]
    public void Elements_of_another_type_are_refused_and_bytes_are_always_given()
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory([1f, 2f], [2]);
        Assert.Throws<OnnxRuntimeException>(() => value.GetTensorDataAsSpan<int>().Length);
        Assert.Equal(8, value.GetTensorDataAsSpan<byte>().Length);
    }

    [Fact]
    public void A_type_that_no_tensor_has_is_refused() =>
        Assert.Throws<OnnxRuntimeException>(() => OrtValue.CreateTensorValueFromMemory(new Guid[1], [1]));

    [Fact]
    public void Values_may_be_disposed_twice_and_made_by_the_thousand()
    {
        float[] array = new float[16];
        for (int i = 0; i < 5_000; i++)
        {
            OrtValue value = OrtValue.CreateTensorValueFromMemory(array, [16]);
            value.Dispose();
            value.Dispose();
        }
        Assert.All(array, value => Assert.Equal(0f, value));
    }
}
