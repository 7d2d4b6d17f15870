using System.Buffers.Binary;
using System.Numerics;
using Matting.Shared.Weights.Containers;
using Matting.Shared.Weights.Pickle;
using static Matting.Shared.Weights.WeightsFormatError;

namespace Matting.Shared.Weights.Checkpoints;

/// <summary>
/// The format of <c>torch.save</c> before 1.6 (and of <c>_use_new_zipfile_serialization=False</c>): four pickles (a
/// magic number, the protocol version, facts about the machine, the value), a pickled list of storage keys, and the
/// storages in that order, each after its number of elements.
/// </summary>
internal sealed class LegacyCheckpoint : IStorageReader
{
    private const int ProtocolVersion = 1001;

    private static readonly BigInteger MagicNumber = new([0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]);

    private readonly ByteSource _source;
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    private LegacyCheckpoint(ByteSource source) => _source = source;

    /// <summary>Whether the content begins like a pickle of protocol 2 to 5.</summary>
    public static bool Matches(ReadOnlySpan<byte> beginning) => beginning is [0x80, >= 2 and <= 5, ..];

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="WeightsFormatException">The content is damaged, hostile or of a kind that is not read.</exception>
    public static PickleValue Read(ByteSource source) => new LegacyCheckpoint(source).Read();

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Read(StorageReference storage, string? tensor)
    {
        if (!_places.TryGetValue(storage.Key, out Place place))
            throw _source.Refuse(BadTensor, $"its storage {storage.Key} is not in the file", tensor);
        if (place.Count != storage.Count)
            throw _source.Refuse(BadTensor, $"its storage {storage.Key} should have {storage.Count} elements, but has {place.Count}", tensor);
        return _source.Read(place.Offset, checked((int)(storage.Count * storage.Element.Size())));
    }

    private PickleValue Read()
    {
        long position = 0;
        if (Next(ref position) is not PickleInteger magic || magic.Value != MagicNumber)
            throw _source.Refuse(UnknownFormat, "is a pickle, but not one that torch.save wrote");
        if (Next(ref position) is not PickleInteger version || version.Value != ProtocolVersion)
            throw _source.Refuse(BadContainer, $"is not of version {ProtocolVersion} of PyTorch's legacy format");
        CheckMachine(Next(ref position));
        List<StorageReference> mentioned = [];
        object value = Next(ref position, mentioned);
        FindStorages(Next(ref position), position, mentioned);
        return CheckpointTree.Build(value, this, _source);
    }

    private object Next(ref long position, List<StorageReference>? mentioned = null)
    {
        PickleInput input = new(_source, position, _source.Length);
        object value = PickleMachine.Run(input, mentioned);
        position = input.Position;
        return value;
    }

    private void CheckMachine(object facts)
    {
        if (facts is not RawDict dict)
            throw _source.Refuse(BadContainer, "the facts about the machine that wrote it are missing");
        foreach ((object key, object value) in dict.Entries)
        {
            if (key is PickleString { Value: "little_endian" } && value is PickleBool { Value: false })
                throw _source.Refuse(BigEndian, "was written by a big-endian machine");
        }
    }

    // a storage's length is in elements; what an element is only the pickle tells
    private void FindStorages(object keys, long position, List<StorageReference> mentioned)
    {
        if (keys is not RawList list)
            throw _source.Refuse(BadContainer, "the list of storages is missing");
        Dictionary<string, int> sizes = new(StringComparer.Ordinal);
        foreach (StorageReference storage in mentioned)
            sizes.TryAdd(storage.Key, storage.Element.Size());
        Span<byte> number = stackalloc byte[sizeof(long)];
        foreach (object item in list.Items)
        {
            if (item is not PickleString { Value: string key } || !sizes.TryGetValue(key, out int size))
                throw _source.Refuse(BadContainer, "the list of storages names one that no tensor uses");
            _source.Read(position, number);
            position += sizeof(long);
            long count = BinaryPrimitives.ReadInt64LittleEndian(number);
            if (count < 0)
                throw _source.Refuse(BadContainer, $"storage {key} claims {count} elements");
            if (count > (_source.Length - position) / size)
                throw _source.Refuse(Truncated, $"storage {key} claims {count} elements of {size} bytes, but {_source.Length - position} bytes are left");
            if (!_places.TryAdd(key, new Place(position, count)))
                throw _source.Refuse(BadContainer, $"storage {key} is there twice");
            position += count * size;
        }
        if (position != _source.Length)
            throw _source.Refuse(BadContainer, $"{_source.Length - position} bytes follow the last storage");
    }

    private readonly record struct Place(long Offset, long Count);
}
