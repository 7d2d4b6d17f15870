using System.Collections.Concurrent;
using Matting.Runtime.Sessions;
using Matting.Shared.Imaging;
using Matting.Shared.Postprocessing;

namespace Matting.Runtime.Prediction;

/// <summary>
/// Three stages that overlap: pictures are read and prepared on the thread pool, the network runs on the
/// enumerating thread, and results are finished on the thread pool again. A run's buffers travel through all
/// three, so nothing is copied between them; the depth of the queues bounds how many there are.
/// </summary>
internal sealed class PicturePipeline<T>(MattingModel model, ModelSession session, PredictOptions options, PictureFinisher<T> finish)
{
    // two runs being prepared and two being finished keep the network busy even when one picture is slow to decode
    private const int Depth = 2;

    // post-processes keep memory and are for one thread: those that are free wait here
    private readonly ConcurrentBag<IAlphaPostprocess> _processes = [];

    public IEnumerable<PictureOutcome<T>> Run(IReadOnlyList<string> files, CancellationToken cancellation)
    {
        Queue<Task<PreparedRun>> preparing = new();
        Queue<Task<PictureOutcome<T>[]>> finishing = new();
        using IEnumerator<PicturePlan> plans = PicturePlan.Of(files, model, options).GetEnumerator();
        try
        {
            while (true)
            {
                while (preparing.Count < Depth && plans.MoveNext())
                {
                    PicturePlan plan = plans.Current;
                    preparing.Enqueue(Task.Run(() => Prepare(plan, cancellation), CancellationToken.None));
                }
                if (preparing.Count == 0)
                    break;
                PreparedRun run = preparing.Dequeue().GetAwaiter().GetResult();
                Execute(run, cancellation);
                finishing.Enqueue(Task.Run(() => Finish(run), CancellationToken.None));
                while (finishing.Count > 0 && (finishing.Count > Depth || finishing.Peek().IsCompleted))
                {
                    foreach (PictureOutcome<T> outcome in finishing.Dequeue().GetAwaiter().GetResult())
                        yield return outcome;
                }
            }
            while (finishing.TryDequeue(out Task<PictureOutcome<T>[]>? last))
            {
                foreach (PictureOutcome<T> outcome in last.GetAwaiter().GetResult())
                    yield return outcome;
            }
        }
        finally
        {
            Drain(preparing, finishing);
        }
    }

    private PreparedRun Prepare(PicturePlan plan, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        PreparedRun prepared = new(plan);
        if (plan.Size is not { } size)
            return prepared;
        PictureRun run = new(session, options, size, plan.Files.Count);
        try
        {
            PixelImage?[] pictures = new PixelImage?[plan.Files.Count];
            ForEach(pictures.Length, i => pictures[i] = Read(prepared, i));
            foreach (PixelImage? picture in pictures)
            {
                if (picture is not null)
                    run.Put(prepared.Readable++, picture, model.Profile);
            }
        }
        catch
        {
            run.Dispose();
            throw;
        }
        prepared.Run = run;
        return prepared;
    }

    private PixelImage? Read(PreparedRun prepared, int index)
    {
        try
        {
            return ImageFile.ReadRgb(prepared.Plan.Files[index], options.Reading);
        }
        catch (Exception failure) when (PictureFailure.IsOfOnePicture(failure))
        {
            prepared.Failures[index] = failure;
            return null;
        }
    }

    private static void Execute(PreparedRun prepared, CancellationToken cancellation)
    {
        try
        {
            if (prepared.Readable > 0)
                prepared.Run!.Execute(prepared.Readable, cancellation);
        }
        catch (MattingModelException failure) when (PictureFailure.IsOfOnePicture(failure))
        {
            prepared.FailAll(failure);
        }
        catch
        {
            prepared.Run!.Dispose();
            throw;
        }
    }

    private PictureOutcome<T>[] Finish(PreparedRun prepared)
    {
        using PictureRun? run = prepared.Run;
        IReadOnlyList<string> files = prepared.Plan.Files;
        PictureOutcome<T>[] outcomes = new PictureOutcome<T>[files.Count];
        int[] positions = prepared.Positions();
        ForEach(files.Count, i => outcomes[i] = prepared.Failures[i] is { } failure
            ? new PictureOutcome<T>(files[i], default, default, failure)
            : FinishOne(files[i], run!, positions[i]));
        return outcomes;
    }

    private PictureOutcome<T> FinishOne(string file, PictureRun run, int position)
    {
        IAlphaPostprocess? process = _processes.TryTake(out IAlphaPostprocess? kept) ? kept : options.Post?.Create();
        try
        {
            return new PictureOutcome<T>(file, run.Size, finish(file, run.Alpha(position, process)), null);
        }
        catch (Exception failure) when (PictureFailure.IsOfOnePicture(failure))
        {
            return new PictureOutcome<T>(file, run.Size, default, failure);
        }
        finally
        {
            if (process is not null)
                _processes.Add(process);
        }
    }

    // after an early end nobody waits for these any more, but their buffers have to come back
    private static void Drain(Queue<Task<PreparedRun>> preparing, Queue<Task<PictureOutcome<T>[]>> finishing)
    {
        foreach (Task<PreparedRun> task in preparing)
        {
            Await(task);
            if (task.IsCompletedSuccessfully)
                task.Result.Run?.Dispose();
        }
        foreach (Task<PictureOutcome<T>[]> task in finishing)
            Await(task);

        static void Await(Task task) => task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
    }

    // a single item keeps its exceptions as they are
    private static void ForEach(int count, Action<int> body)
    {
        if (count == 1)
            body(0);
        else
            Parallel.For(0, count, body);
    }

    /// <summary>A plan whose pictures have been read: the readable ones lie in the run's input, in order.</summary>
    private sealed class PreparedRun(PicturePlan plan)
    {
        public PicturePlan Plan => plan;

        public Exception?[] Failures { get; } = Enumerable.Repeat(plan.Failure, plan.Files.Count).ToArray();

        public PictureRun? Run { get; set; }

        public int Readable { get; set; }

        /// <summary>For a run that failed: of none of its pictures there is a result.</summary>
        public void FailAll(Exception failure)
        {
            for (int i = 0; i < Failures.Length; i++)
                Failures[i] ??= failure;
        }

        /// <summary>Where each file's picture lies in the run.</summary>
        public int[] Positions()
        {
            int next = 0;
            return Array.ConvertAll(Failures, failure => failure is null ? next++ : -1);
        }
    }
}
