namespace TorchSharp;

public static partial class torch
{
    /// <summary>One part of an indexing expression: a number, a slice, an ellipsis, a new dimension, a flag or a tensor.</summary>
    public struct TensorIndex
    {
        public static TensorIndex Ellipsis = new() { Part = Kind.Ellipsis };
        public static TensorIndex None = new() { Part = Kind.None };
        public static TensorIndex Null = new() { Part = Kind.None };
        public static TensorIndex Colon = Slice();

        internal enum Kind
        {
            None,
            Single,
            Ellipsis,
            Bool,
            Tensor,
            Slice,
        }

        internal Kind Part { get; private init; }

        /// <summary>The number, the start of the slice, or 0 and 1 for the flags.</summary>
        internal long? First { get; private init; }

        internal long? Stop { get; private init; }

        internal long? Step { get; private init; }

        internal Tensor? Indices { get; private init; }

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator Tensor(TensorIndex value) => throw new InvalidOperationException("An index is no tensor.");

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { Part = Kind.Slice, First = start, Stop = stop, Step = step };

        public static TensorIndex Slice((int? start, int? end) range) => Slice((long?)range.start, (long?)range.end);

        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        public static TensorIndex Bool(bool value) => new() { Part = Kind.Bool, First = value ? 1 : 0 };

        public static TensorIndex Single(long? index) => new() { Part = Kind.Single, First = index };

        public static TensorIndex Tensor(Tensor tensor) => new() { Part = Kind.Tensor, Indices = tensor };
    }
}
