using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// An indexing expression worked off: the view that numbers, slices and new dimensions select, and the tensors left
/// over to index that view with, one a dimension.
/// </summary>
internal sealed class IndexSelection : IDisposable
{
    private readonly List<Tensor> _made = [];
    private readonly List<Tensor?> _tensors = [];
    private int _dimension;
    private bool _indexed;

    internal IndexSelection(Tensor source, TensorIndex[] indices)
    {
        View = source.alias();
        try
        {
            int unnamed = (int)source.Dimensions - indices.Sum(Consumed);
            foreach (var index in indices) Apply(index, unnamed);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal Tensor View { get; private set; }

    /// <summary>The tensors to index the view with; null when the view is all there is.</summary>
    internal Tensor?[]? Tensors => _indexed ? [.. _tensors] : null;

    public void Dispose()
    {
        View.Dispose();
        foreach (var tensor in _made) tensor.Dispose();
    }

    /// <summary>The view for the caller to keep.</summary>
    internal Tensor TakeView() => View.alias();

    private void Apply(TensorIndex index, int unnamed)
    {
        switch (index.Part)
        {
            case TensorIndex.Kind.Single:
                Narrow(View.select(_dimension, index.First ?? 0));
                break;
            case TensorIndex.Kind.Slice:
                Narrow(Aten.Slice.Tensor(View, _dimension, Argument.Optional(index.First), Argument.Optional(index.Stop), index.Step ?? 1));
                Add(null, 1);
                break;
            case TensorIndex.Kind.None:
                Narrow(View.unsqueeze(_dimension));
                Add(null, 1);
                break;
            case TensorIndex.Kind.Ellipsis:
                for (int i = 0; i < unnamed; i++) Add(null, 1);
                break;
            case TensorIndex.Kind.Bool:
                // True takes the one element of a new dimension, false none of it.
                Narrow(View.unsqueeze(_dimension));
                _made.Add(zeros(index.First ?? 0, ScalarType.Int64, View.device));
                Add(_made[^1], 1);
                break;
            default:
                Add(index.Indices!, Consumed(index));
                break;
        }
    }

    // A mask is one entry of the list and stands for as many dimensions as it has.
    private void Add(Tensor? tensor, int dimensions)
    {
        _tensors.Add(tensor);
        _dimension += dimensions;
        _indexed |= tensor is not null;
    }

    private static int Consumed(TensorIndex index) => index.Part switch
    {
        TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
        TensorIndex.Kind.Tensor => index.Indices!.dtype is ScalarType.Bool or ScalarType.Byte ? (int)index.Indices.Dimensions : 1,
        _ => 0,
    };

    private void Narrow(Tensor view)
    {
        View.Dispose();
        View = view;
    }
}
