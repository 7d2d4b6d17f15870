using Matting.Shared.Weights.Containers;
using Matting.Shared.Weights.Pickle;
using static Matting.Shared.Weights.WeightsFormatError;

namespace Matting.Shared.Weights.Checkpoints;

/// <summary>
/// The format of <c>torch.save</c> since 1.6: a zip file with <c>ROOT/data.pkl</c>, the storages as
/// <c>ROOT/data/KEY</c> and, from 2.0 on, <c>ROOT/byteorder</c>.
/// </summary>
internal sealed class ZipCheckpoint : IStorageReader
{
    private readonly ByteSource _source;
    private readonly ZipContainer _zip;
    private readonly string _root;

    private ZipCheckpoint(ByteSource source, ZipContainer zip, string root)
    {
        _source = source;
        _zip = zip;
        _root = root;
    }

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="WeightsFormatException">The content is damaged, hostile or of a kind that is not read.</exception>
    public static PickleValue Read(ByteSource source)
    {
        ZipContainer zip = ZipContainer.Open(source);
        const string Pickle = "/data.pkl";
        string[] pickles = [.. zip.Names.Where(name => name.EndsWith(Pickle, StringComparison.Ordinal) && name.IndexOf('/') == name.Length - Pickle.Length)];
        if (pickles.Length != 1)
            throw source.Refuse(BadContainer, $"a PyTorch zip file has one ROOT/data.pkl, this one has {pickles.Length}");
        ZipCheckpoint checkpoint = new(source, zip, pickles[0][..^"data.pkl".Length]);
        checkpoint.CheckKind();
        return checkpoint.ReadPickle();
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Read(StorageReference storage, string? tensor)
    {
        if (!_zip.TryGet($"{_root}data/{storage.Key}", out ZipEntry entry))
            throw _source.Refuse(BadTensor, $"its storage {storage.Key} is not in the file", tensor);
        if (entry.Size != storage.Count * storage.Element.Size())
        {
            throw _source.Refuse(
                BadTensor,
                $"its storage {storage.Key} should have {storage.Count} elements of {storage.Element.TorchName()}, but has {entry.Size} bytes",
                tensor);
        }
        return _zip.Read(entry);
    }

    private void CheckKind()
    {
        if (_zip.TryGet(_root + "constants.pkl", out _))
            throw _source.Refuse(Forbidden, "is a TorchScript program, not a checkpoint; save its state_dict() instead");
        if (_zip.TryGet(_root + "byteorder", out ZipEntry order) && !_zip.Read(order).AsSpan().SequenceEqual("little"u8))
            throw _source.Refuse(BigEndian, "was written by a big-endian machine");
    }

    private PickleValue ReadPickle()
    {
        _zip.TryGet(_root + "data.pkl", out ZipEntry entry);
        if (entry.Size > PickleLimits.Bytes)
            throw _source.Refuse(LimitExceeded, $"a pickle of {entry.Size} bytes is too long");
        using ByteSource pickle = ByteSource.FromMemory(_zip.Read(entry), _source.Name);
        PickleInput input = new(pickle, 0, pickle.Length);
        object raw = PickleMachine.Run(input);
        if (input.Position != pickle.Length)
            throw _source.Refuse(BadPickle, $"{pickle.Length - input.Position} bytes follow the pickle in data.pkl");
        return CheckpointTree.Build(raw, this, _source);
    }
}
