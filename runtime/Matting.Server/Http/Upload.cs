using Matting.Server.Work;
using Microsoft.AspNetCore.Http;

namespace Matting.Server.Http;

/// <summary>The bytes of a picture that a client sent, and their share of the memory for uploads.</summary>
internal sealed class Upload(MemoryBudget budget) : IDisposable
{
    private readonly MemoryShare _share = new(budget);
    private byte[] _bytes = [];
    private int _length;

    public ReadOnlyMemory<byte> Content => _bytes.AsMemory(0, _length);

    /// <summary>Where the next bytes go; never empty. Grows by what arrived, never by what a client says will arrive.</summary>
    /// <param name="most">Longest content that is of interest.</param>
    /// <exception cref="ProblemException">There is no memory for more now.</exception>
    public Memory<byte> Room(long most)
    {
        const int Step = 1 << 16;
        if (_length == _bytes.Length)
        {
            // one byte more than allowed tells a longer content from one that just fits
            long doubled = Math.Max(2L * _bytes.Length, Step);
            int larger = (int)Math.Min(doubled < most ? doubled : most + 1, Array.MaxLength);
            if (!_share.TryTake(larger))
                throw new ProblemException(StatusCodes.Status503ServiceUnavailable, "the memory for uploads is taken") { RetryAfter = 1 };
            Array.Resize(ref _bytes, larger);
            _share.ShrinkTo(larger);
        }
        return _bytes.AsMemory(_length);
    }

    public void Add(int count) => _length += count;

    /// <summary>Lets the bytes go.</summary>
    public void Dispose()
    {
        (_bytes, _length) = ([], 0);
        _share.Dispose();
    }
}
