using System.Buffers;
using Microsoft.ML.OnnxRuntime.Native;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>A tensor that goes into a session or comes out of one; must be disposed.</summary>
public unsafe class OrtValue : IDisposable
{
    private nint _handle;
    private MemoryHandle _pinned;

    /// <summary>Takes over a native value.</summary>
    internal OrtValue(nint handle)
    {
        _handle = handle;
        OnnxType = (OnnxValueType)OrtApi.GetEnum(Slot.GetValueType, handle);
    }

    private OrtValue(nint handle, MemoryHandle pinned)
    {
        (_handle, _pinned) = (handle, pinned);
        OnnxType = OnnxValueType.ONNX_TYPE_TENSOR;
    }

    ~OrtValue() => Dispose(false);

    /// <summary>What the value holds.</summary>
    public OnnxValueType OnnxType { get; private set; }

    /// <summary>True when the value holds a dense tensor.</summary>
    public bool IsTensor { get { return OnnxType == OnnxValueType.ONNX_TYPE_TENSOR; } }

    internal nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(OrtValue));

    /// <summary>A tensor over the caller's memory, which stays pinned until the value is disposed.</summary>
    /// <exception cref="OnnxRuntimeException">The memory is shorter than the shape, or the type is not one of a tensor.</exception>
    public static OrtValue CreateTensorValueFromMemory<T>(OrtMemoryInfo memoryInfo, Memory<T> memory, long[] shape) where T : unmanaged
    {
        TensorElementType type = ElementTypes.Of(typeof(T));
        long elements = ElementCount(shape);
        if (elements > memory.Length)
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"The memory has {memory.Length} elements, the shape {elements}");
        MemoryHandle pinned = memory.Pin();
        try
        {
            nint value;
            fixed (long* dimensions = shape)
            {
                NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, void*, nint, long*, nint, int, nint*, nint>)OrtLibrary.Table[Slot.CreateTensorWithDataAsOrtValue])(
                    memoryInfo.Handle, pinned.Pointer, (nint)memory.Length * sizeof(T), dimensions, shape.Length, (int)type, &value));
            }
            return new OrtValue(value, pinned);
        }
        catch
        {
            pinned.Dispose();
            throw;
        }
    }

    /// <summary>A tensor over the caller's array, which stays pinned until the value is disposed.</summary>
    public static OrtValue CreateTensorValueFromMemory<T>(T[] data, long[] shape) where T : unmanaged =>
        CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, new Memory<T>(data), shape);

    /// <summary>The tensor's elements; valid until the value is disposed.</summary>
    /// <exception cref="OnnxRuntimeException">The elements are of another type.</exception>
    public ReadOnlySpan<T> GetTensorDataAsSpan<T>() where T : unmanaged => Elements<T>();

    /// <summary>The tensor's elements, to be changed; valid until the value is disposed.</summary>
    /// <exception cref="OnnxRuntimeException">The elements are of another type.</exception>
    public Span<T> GetTensorMutableDataAsSpan<T>() where T : unmanaged => Elements<T>();

    /// <summary>Element type and shape.</summary>
    public OrtTensorTypeAndShapeInfo GetTensorTypeAndShape()
    {
        if (!IsTensor)
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"The value is {OnnxType}, not a tensor");
        nint info = OrtApi.Get(Slot.GetTensorTypeAndShape, Handle);
        try
        {
            return new OrtTensorTypeAndShapeInfo(info);
        }
        finally
        {
            OrtApi.Release(Slot.ReleaseTensorTypeAndShapeInfo, info);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_handle == 0)
            return;
        OrtApi.Release(Slot.ReleaseValue, _handle);
        _handle = 0;
        _pinned.Dispose();
    }

    private static long ElementCount(long[] shape)
    {
        long count = 1;
        foreach (long dimension in shape)
        {
            if (dimension < 0)
                throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"The shape has the dimension {dimension}");
            count = checked(count * dimension);
        }
        return count;
    }

    private Span<T> Elements<T>() where T : unmanaged
    {
        OrtTensorTypeAndShapeInfo info = GetTensorTypeAndShape();
        // bytes are a view of any element, as in the official package
        if (typeof(T) != typeof(byte) && typeof(T) != ElementTypes.TypeOf(info.ElementDataType))
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"The tensor holds {info.ElementDataType}, not {typeof(T)}");
        if (info.ElementDataType == TensorElementType.String)
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument, "A tensor of strings has no elements of a fixed size");
        if (info.ElementCount == 0)
            return [];
        int elementSize = typeof(T) == typeof(byte) ? SizeOf(info.ElementDataType) : sizeof(T);
        return new Span<T>((void*)OrtApi.Get(Slot.GetTensorMutableData, Handle), checked((int)(info.ElementCount * elementSize / sizeof(T))));
    }

    private static int SizeOf(TensorElementType type) => type switch
    {
        TensorElementType.UInt8 or TensorElementType.Int8 or TensorElementType.Bool => 1,
        TensorElementType.UInt16 or TensorElementType.Int16 or TensorElementType.Float16 or TensorElementType.BFloat16 => 2,
        TensorElementType.Float or TensorElementType.Int32 or TensorElementType.UInt32 => 4,
        _ => 8,
    };
}
