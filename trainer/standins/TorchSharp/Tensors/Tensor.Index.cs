using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => At(i1);
            set => Put(value, i1);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => At(i1, i2);
            set => Put(value, i1, i2);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => At(i1, i2, i3);
            set => Put(value, i1, i2, i3);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => At(i1, i2, i3, i4);
            set => Put(value, i1, i2, i3, i4);
        }

        private Tensor At(params ReadOnlySpan<long> indices)
        {
            Tensor view = select(0, indices[0]);
            foreach (long index in indices[1..])
            {
                using Tensor larger = view;
                view = larger.select(0, index);
            }
            return view;
        }

        private void Put(Tensor value, params ReadOnlySpan<long> indices)
        {
            using Tensor view = At(indices);
            view.copy_(value);
        }
    }
}
