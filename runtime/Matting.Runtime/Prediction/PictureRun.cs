using System.Numerics.Tensors;
using Matting.Runtime.Sessions;
using Matting.Shared.Imaging;
using Matting.Shared.Postprocessing;

namespace Matting.Runtime.Prediction;

/// <summary>One run of the network over a few pictures of one network size, with the mirrors beside them under flip-TTA.</summary>
internal sealed class PictureRun : IDisposable
{
    private readonly ModelSession _session;
    private readonly RunSlot _slot;
    private readonly NetworkSize _size;
    private readonly int _inputs;
    private readonly (int Height, int Width)[] _pictures;
    private readonly PixelImage?[]? _kept;

    public PictureRun(ModelSession session, PredictOptions options, NetworkSize size, int pictures)
    {
        (_session, _size, _inputs) = (session, size, options.InputsPerPicture);
        _pictures = new (int, int)[pictures];
        _kept = options.KeepPictures ? new PixelImage?[pictures] : null;
        _slot = session.Rent(pictures * _inputs, size);
    }

    public NetworkSize Size => _size;

    /// <summary>Prepares a picture of any size as the network's input number <paramref name="index"/>.</summary>
    public void Put(int index, PixelImage rgb, NormalisationProfile profile)
    {
        _pictures[index] = (rgb.Height, rgb.Width);
        _kept?[index] = rgb;
        PixelImage sized = Preprocessing.ResizeForNetwork(rgb, _size.Width, _size.Height);
        for (int input = 0; input < _inputs; input++)
            Preprocessing.ToNchw(sized, profile, Plane(_slot.Input, (index * _inputs) + input, 3), mirror: input == 1);
    }

    /// <summary>Runs the network over the first pictures.</summary>
    public void Execute(int pictures, CancellationToken cancellation)
    {
        // fewer than planned when some could not be read; the buffers keep their content
        _session.Resize(_slot, pictures * _inputs, _size);
        _session.Predict(_slot, _size, cancellation);
    }

    /// <summary>The alpha of a picture; asked for once, because merge and post-process happen in place.</summary>
    /// <param name="index">Which picture.</param>
    /// <param name="process">What is done to it; null: nothing.</param>
    /// <exception cref="MattingModelException">The network gave NaN or infinity: no alpha can be made of that.</exception>
    public PictureAlpha Alpha(int index, IAlphaPostprocess? process)
    {
        if (!TensorPrimitives.IsFiniteAll<float>(Plane(_slot.Output, index, _inputs)))
            throw _session.NoNumbers();
        Span<float> alpha = Plane(_slot.Output, index * _inputs, 1);
        if (_inputs == 2)
            FlipTta.Merge(alpha, Plane(_slot.Output, (index * _inputs) + 1, 1), _size.Width);
        process?.Apply(alpha, _size.Width, _size.Height, alpha);
        return new PictureAlpha(alpha, _size, _pictures[index].Height, _pictures[index].Width, _kept?[index]);
    }

    public void Dispose() => _session.Return(_slot);

    private Span<float> Plane(Span<float> values, int index, int channels)
    {
        int length = channels * (int)_size.Pixels;
        return values.Slice(index * length, length);
    }
}
