using System.Buffers;
using System.IO.Pipelines;

namespace Matting.Server.Http;

/// <summary>
/// What a client sends, whose end is told when all before it has been looked at. Kestrel takes a body that comes together with the end of the
/// input for one that is cut off, even where it is whole.
/// </summary>
internal sealed class HalfOpenInput(PipeReader input) : PipeReader
{
    private ReadOnlySequence<byte> _given;
    private long _left;
    private bool _isAllExamined;

    public override bool TryRead(out ReadResult result)
    {
        bool read = input.TryRead(out result);
        if (read)
            result = Given(result);
        return read;
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => Given(await input.ReadAsync(cancellationToken));

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _left = _given.Slice(consumed).Length;
        _isAllExamined = _given.Slice(examined).IsEmpty;
        _given = default;
        input.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => input.Complete(exception);

    private ReadResult Given(ReadResult result)
    {
        _given = result.Buffer;
        bool isNew = !_given.IsEmpty && !(_isAllExamined && _given.Length == _left);
        return result.IsCompleted && isNew ? new ReadResult(_given, result.IsCanceled, isCompleted: false) : result;
    }
}
