using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Caching;

/// <summary>Many who ask at once; loads wait for the test, so nothing depends on time.</summary>
public sealed class ConcurrentCacheTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SemaphoreSlim _gate = new(0);
    private readonly SemaphoreSlim _begun = new(0);
    private int _loads;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _gate.Dispose();
        _begun.Dispose();
    }

    [Fact]
    public async Task Many_who_ask_at_once_wait_for_one_load()
    {
        using MattingModelCache cache = Gated();
        string path = Model("a");
        Task<MattingModelLease>[] waiting = [.. Enumerable.Range(0, 20).Select(_ => cache.RentAsync(path, null, Cancellation))];
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
        _gate.Release();
        MattingModelLease[] leases = await Task.WhenAll(waiting);
        Assert.Single(leases.Select(lease => lease.Model).Distinct());
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task Several_models_load_side_by_side()
    {
        using MattingModelCache cache = Gated();
        Task<MattingModelLease> a = cache.RentAsync(Model("a"), null, Cancellation), b = cache.RentAsync(Model("b"), null, Cancellation);
        await _begun.WaitAsync(Cancellation);
        await _begun.WaitAsync(Cancellation);
        _gate.Release(2);
        Assert.NotSame((await a).Model, (await b).Model);
    }

    [Fact]
    public async Task A_failure_reaches_all_who_wait_and_is_not_kept()
    {
        using MattingModelCache cache = Gated();
        string path = _folder.File("a.onnx");
        Task<MattingModelLease>[] waiting = [.. Enumerable.Range(0, 5).Select(_ => cache.RentAsync(path, null, Cancellation))];
        _gate.Release();
        foreach (Task<MattingModelLease> task in waiting)
            Assert.Equal(MattingModelError.Unreadable, (await Assert.ThrowsAsync<MattingModelException>(() => task)).Reason);
        Assert.Equal((1, 0), (_loads, cache.Count));
        _gate.Release();
        using MattingModelLease lease = await cache.RentAsync(Model("a"), null, Cancellation);
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task Who_cancels_leaves_and_the_load_goes_on_for_the_others()
    {
        using MattingModelCache cache = Gated();
        using CancellationTokenSource impatient = new();
        Task<MattingModelLease> leaves = cache.RentAsync(Model("a"), null, impatient.Token), stays = cache.RentAsync(_folder.File("a.onnx"), null, Cancellation);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        _gate.Release();
        using MattingModelLease lease = await stays;
        Assert.Equal((16, 1), (lease.Model.Height, _loads));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cache.RentAsync(_folder.File("a.onnx"), null, impatient.Token));
    }

    [Fact]
    public async Task A_load_that_nobody_waits_for_any_more_is_kept_for_the_next_one()
    {
        using MattingModelCache cache = Gated();
        using CancellationTokenSource impatient = new();
        Task<MattingModelLease> leaves = cache.RentAsync(Model("a"), null, impatient.Token);
        await _begun.WaitAsync(Cancellation);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        _gate.Release();
        using MattingModelLease lease = await cache.RentAsync(_folder.File("a.onnx"), null, Cancellation);
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task A_model_that_is_being_loaded_is_not_dropped_by_one_that_comes_later()
    {
        using MattingModelCache cache = Gated(new() { MostModels = 1 });
        Task<MattingModelLease> a = cache.RentAsync(Model("a"), null, Cancellation), b = cache.RentAsync(Model("b"), null, Cancellation);
        _gate.Release(2);
        using MattingModelLease first = await a, second = await b;
        Assert.Equal(2, cache.Count);
        Assert.Equal(1, first.Model.Predict(new PixelImage(1, 1, 3), null, Cancellation).Width);
    }

    [Fact]
    public async Task A_cache_that_is_disposed_during_a_load_still_answers_who_waits()
    {
        MattingModelCache cache = Gated();
        Task<MattingModelLease> waiting = cache.RentAsync(Model("a"), null, Cancellation);
        await _begun.WaitAsync(Cancellation);
        cache.Dispose();
        _gate.Release();
        MattingModelLease lease = await waiting;
        MattingModel model = lease.Model;
        Assert.Equal(1, model.Predict(new PixelImage(1, 1, 3), null, Cancellation).Width);
        lease.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Predict(new PixelImage(1, 1, 3), null, Cancellation));
    }

    [Fact]
    public async Task A_file_that_changes_during_a_load_is_loaded_anew_for_who_comes_later()
    {
        using MattingModelCache cache = Gated();
        Task<MattingModelLease> early = cache.RentAsync(Model("a"), null, Cancellation);
        await _begun.WaitAsync(Cancellation);
        File.WriteAllBytes(_folder.File("a.onnx"), MattingSmall.WithCard(64, 64));
        Task<MattingModelLease> late = cache.RentAsync(_folder.File("a.onnx"), null, Cancellation);
        _gate.Release(2);
        using MattingModelLease first = await early, second = await late;
        Assert.NotSame(first.Model, second.Model);
        Assert.Equal((64, 2, 1), (second.Model.Height, _loads, cache.Count));
    }

    [Fact]
    public void Under_pressure_from_all_sides_every_lease_works()
    {
        string[] paths = [.. Enumerable.Range(0, 4).Select(i => Model($"{i}"))];
        using MattingModelCache cache = new(new() { MostModels = 2 });
        PixelImage picture = Pictures.Rgb(16, 16);
        using MattingModel alone = MattingModel.Load(paths[0]);
        byte[] expected = alone.Predict(picture, null, Cancellation).Pixels;
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = Cancellation }, i =>
        {
            if (i % 23 == 0)
                File.SetLastWriteTimeUtc(paths[i % 4], DateTime.UnixEpoch.AddDays(i));
            using MattingModelLease lease = cache.Rent(paths[(i * 7) % 4], new() { Threads = 1 }, Cancellation);
            Near.AssertSameBytes(expected, lease.Model.Predict(picture, null, Cancellation).Pixels);
        });
        Assert.InRange(cache.Count, 1, 2);
    }

    private MattingModelCache Gated(MattingModelCacheOptions? options = null) => new(options ?? MattingModelCacheOptions.Default, (path, loading) =>
    {
        Interlocked.Increment(ref _loads);
        _begun.Release();
        _gate.Wait(Cancellation);
        return MattingModel.Load(path, loading);
    });

    private string Model(string name)
    {
        File.WriteAllBytes(_folder.File($"{name}.onnx"), MattingSmall.WithCard(16, 16));
        return _folder.File($"{name}.onnx");
    }
}
