using System.Numerics;
using TorchSharp.Native;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Span<byte> bytes
        {
            get
            {
                var info = Readable();
                long length = info.Elements * info.ItemSize;
                if (length > int.MaxValue) throw new ArgumentException($"A span cannot hold the {length} bytes of the tensor.");
                return Memory((int)length);
            }

            set
            {
                var info = Readable();
                if (info.Elements * info.ItemSize != value.Length)
                    throw new ArgumentException($"The tensor has {info.Elements * info.ItemSize} bytes, not {value.Length}.");
                value.CopyTo(Memory(value.Length));
            }
        }

        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            ValidateType(typeof(T));
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        public T item<T>()
            where T : unmanaged
        {
            if (NumberOfElements != 1) throw new ArgumentException($"item() needs a tensor of one element; this one has {NumberOfElements}.");
            return data<T>()[0];
        }

        public Scalar ToScalar() => Aten.Item.Scalar(this);

        /// <summary>The elements of this tensor are of that .NET type.</summary>
        internal void ValidateType(Type type)
        {
            if (type != ElementType(dtype)) throw new ArgumentException($"{type.Name} is not the element type of a tensor of {dtype}.");
        }

        /// <summary>The .NET type of an element; null for the quantised ones.</summary>
        internal static Type? ElementType(ScalarType type) => type switch
        {
            ScalarType.Byte => typeof(byte),
            ScalarType.Int8 => typeof(sbyte),
            ScalarType.Int16 => typeof(short),
            ScalarType.Int32 => typeof(int),
            ScalarType.Int64 => typeof(long),
            ScalarType.Float16 => typeof(Half),
            ScalarType.BFloat16 => typeof(BFloat16),
            ScalarType.Float32 => typeof(float),
            ScalarType.Float64 => typeof(double),
            ScalarType.Bool => typeof(bool),
            ScalarType.ComplexFloat32 => typeof((float, float)),
            ScalarType.ComplexFloat64 => typeof(Complex),
            _ => null,
        };

        private TensorInfo Readable()
        {
            var info = Info();
            if (info.Contiguous == 0) throw new InvalidOperationException("The bytes of a tensor that is not contiguous cannot be a span.");
            return (DeviceType)info.Device == DeviceType.CPU
                ? info
                : throw new InvalidOperationException("The bytes are not in the memory of the CPU: copy the tensor there first.");
        }

        private unsafe Span<byte> Memory(int length) => length == 0 ? [] : new((void*)Shim.Check(Shim.Data(Handle), "bytes"), length);
    }
}
