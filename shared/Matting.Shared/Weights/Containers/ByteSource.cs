using Microsoft.Win32.SafeHandles;

namespace Matting.Shared.Weights.Containers;

/// <summary>Random access to a weights file's content; reading past the end is a <see cref="WeightsFormatException"/>.</summary>
internal abstract class ByteSource(string name, long length) : IDisposable
{
    /// <summary>The path, or the name the content goes by, for messages.</summary>
    public string Name { get; } = name;

    /// <summary>Bytes in all.</summary>
    public long Length { get; } = length;

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="IOException">It is missing, a folder, a pipe, or cannot be read.</exception>
    public static ByteSource OpenFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new IOException($"{path}: is a folder, not a weights file");
        SafeFileHandle handle = File.OpenHandle(path, options: FileOptions.RandomAccess);
        try
        {
            return new FileSource(path, handle);
        }
        catch (NotSupportedException error)
        {
            handle.Dispose();
            throw new IOException($"{path}: is a pipe or a device; weights are read from files only", error);
        }
    }

    /// <summary>Reads from memory.</summary>
    public static ByteSource FromMemory(ReadOnlyMemory<byte> content, string name) => new MemorySource(content, name);

    /// <summary>Fills the destination with the bytes from <paramref name="offset"/> on.</summary>
    public void Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset > Length || destination.Length > Length - offset)
            throw Truncated(offset, destination.Length);
        ReadChecked(offset, destination);
    }

    /// <summary>Reads into a new array; the size is checked against the content before anything is allocated.</summary>
    public byte[] Read(long offset, int count)
    {
        if (offset < 0 || offset > Length || count > Length - offset)
            throw Truncated(offset, count);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(count);
        ReadChecked(offset, bytes);
        return bytes;
    }

    /// <summary>Describes a defect of this content.</summary>
    public WeightsFormatException Refuse(WeightsFormatError reason, string detail, string? tensor = null, Exception? inner = null) =>
        new(Name, reason, detail, tensor, inner);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>Fills the destination; the range lies inside.</summary>
    protected abstract void ReadChecked(long offset, Span<byte> destination);

    /// <summary>The error of content that ends too early.</summary>
    protected WeightsFormatException Truncated(long offset, long count) =>
        Refuse(WeightsFormatError.Truncated, $"needs {count} bytes at offset {offset}, but the file has {Length}");

    private sealed class FileSource(string path, SafeFileHandle handle) : ByteSource(path, RandomAccess.GetLength(handle))
    {
        public override void Dispose()
        {
            handle.Dispose();
            base.Dispose();
        }

        protected override void ReadChecked(long offset, Span<byte> destination)
        {
            while (destination.Length > 0)
            {
                int read = RandomAccess.Read(handle, destination, offset);
                if (read == 0)
                    throw Truncated(offset, destination.Length);
                destination = destination[read..];
                offset += read;
            }
        }
    }

    private sealed class MemorySource(ReadOnlyMemory<byte> content, string name) : ByteSource(name, content.Length)
    {
        protected override void ReadChecked(long offset, Span<byte> destination) =>
            content.Span.Slice((int)offset, destination.Length).CopyTo(destination);
    }
}
