using System.Reflection;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;
using Matting.Shared.Onnx;
using Matting.Testing;

namespace Matting.Runtime.Tests.Caching;

public sealed class MattingModelCacheTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_is_loaded_once_and_predicts()
    {
        using MattingModelCache cache = new();
        string path = Model("a");
        using MattingModelLease first = await cache.RentAsync(path, null, Cancellation);
        using MattingModelLease second = cache.Rent(path, new MattingModelOptions(), Cancellation);
        Assert.Same(first.Model, second.Model);
        Assert.Equal((1, new FileInfo(path).Length), (cache.Count, cache.Bytes));
        Assert.Equal((20, 12), Size(first.Model.Predict(Pictures.Rgb(20, 12), null, Cancellation)));
    }

    [Fact]
    public void Equal_options_share_a_model_and_others_get_their_own()
    {
        using MattingModelCache cache = new();
        string path = Model("a");
        MattingModel one = Use(cache, path, new() { Threads = 1 });
        Assert.Same(one, Use(cache, path, new() { Threads = 1 }));
        Assert.NotSame(one, Use(cache, path, new() { Threads = 2 }));
        Assert.NotSame(one, Use(cache, Model("b"), new() { Threads = 1 }));
        Assert.Same(one, Use(cache, Path.GetRelativePath(Environment.CurrentDirectory, path), new() { Threads = 1 }));
        Assert.Equal(3, cache.Count);
    }

    [Fact]
    public void Options_are_compared_by_value_in_all_that_they_hold()
    {
        // a member that compared by reference would give every caller a model of its own
        Assert.All(typeof(MattingModelOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance), property =>
        {
            Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            Assert.True(type.IsEnum || typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type), $"{property.Name} is a {type}");
        });
        Assert.Equal(new MattingModelOptions { Preset = ModelPreset.Known[0] with { }, Height = 8 }, new MattingModelOptions { Preset = ModelPreset.Known[0], Height = 8 });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_changed_is_loaded_anew_and_the_old_model_lives_as_long_as_its_lease(bool otherLength)
    {
        using MattingModelCache cache = new();
        string path = Model("a");
        MattingModelLease old = cache.Rent(path, null, Cancellation);
        MattingModel before = old.Model;
        File.WriteAllBytes(path, MattingSmall.WithCard(otherLength ? 64 : 16, 16));
        File.SetLastWriteTimeUtc(path, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        using MattingModelLease renewed = cache.Rent(path, null, Cancellation);
        Assert.NotSame(before, renewed.Model);
        Assert.Equal(otherLength ? 64 : 16, renewed.Model.Height);
        Assert.True(IsAlive(before));
        Assert.Equal(1, cache.Count);
        old.Dispose();
        Assert.False(IsAlive(before));
        Assert.True(IsAlive(renewed.Model));
    }

    [Fact]
    public void A_file_that_is_replaced_behind_a_link_counts_as_changed()
    {
        using MattingModelCache cache = new();
        string link = _folder.File("newest.onnx");
        File.CreateSymbolicLink(link, Model("a"));
        MattingModel before = Use(cache, link);
        File.WriteAllBytes(_folder.File("a.onnx"), MattingSmall.WithCard(64, 64));
        Assert.Equal(64, Use(cache, link).Height);
        Assert.False(IsAlive(before));
    }

    [Fact]
    public void A_file_that_has_gone_is_an_error_and_may_come_back()
    {
        using MattingModelCache cache = new();
        string path = Model("a");
        MattingModel before = Use(cache, path);
        File.Delete(path);
        MattingModelException gone = Assert.Throws<MattingModelException>(() => cache.Rent(path, null, Cancellation));
        Assert.Equal(MattingModelError.Unreadable, gone.Reason);
        Assert.Equal(0, cache.Count);
        Assert.False(IsAlive(before));
        Assert.True(IsAlive(Use(cache, Model("a"))));
    }

    [Fact]
    public void A_model_that_cannot_be_loaded_is_tried_again_the_next_time()
    {
        using MattingModelCache cache = new();
        string path = _folder.Text("a.onnx", "no model");
        Assert.ThrowsAny<OnnxFormatException>(() => cache.Rent(path, null, Cancellation));
        Assert.Equal((0, 0L), (cache.Count, cache.Bytes));
        Assert.Throws<ArgumentException>(() => cache.Rent(Model("a"), new() { Device = "toaster" }, Cancellation));
        Assert.Equal(16, Use(cache, path).Height);
    }

    [Fact]
    public void The_least_recently_used_models_go_first()
    {
        using MattingModelCache cache = new(new() { MostModels = 2 });
        MattingModel a = Use(cache, Model("a")), b = Use(cache, Model("b"));
        Assert.Same(a, Use(cache, _folder.File("a.onnx")));
        MattingModel c = Use(cache, Model("c"));
        Assert.Equal([true, false, true], new[] { a, b, c }.Select(IsAlive));
        Assert.Same(a, Use(cache, _folder.File("a.onnx")));
        Assert.NotSame(b, Use(cache, _folder.File("b.onnx")));
        Assert.Equal([true, false], new[] { a, c }.Select(IsAlive));
    }

    [Fact]
    public void Models_in_use_are_never_dropped_and_go_when_they_come_back_to_a_full_cache()
    {
        using MattingModelCache cache = new(new() { MostModels = 1 });
        using MattingModelLease a = cache.Rent(Model("a"), null, Cancellation);
        MattingModelLease b = cache.Rent(Model("b"), null, Cancellation);
        MattingModel second = b.Model;
        Assert.Equal(2, cache.Count);
        Assert.Equal((8, 8), Size(a.Model.Predict(Pictures.Rgb(8, 8), null, Cancellation)));
        b.Dispose();
        Assert.Equal(1, cache.Count);
        Assert.False(IsAlive(second));
        Assert.True(IsAlive(a.Model));
    }

    [Fact]
    public void The_limit_in_bytes_holds_too()
    {
        long one = new FileInfo(Model("a")).Length;
        using MattingModelCache cache = new(new() { MostModels = 10, MostBytes = (2 * one) + 10 });
        MattingModel a = Use(cache, _folder.File("a.onnx"));
        Use(cache, Model("b"));
        Assert.Equal(2 * one, cache.Bytes);
        Use(cache, Model("c"));
        Assert.Equal((2, 2 * one), (cache.Count, cache.Bytes));
        Assert.False(IsAlive(a));
        using MattingModelCache none = new(new() { MostBytes = 0 });
        MattingModel kept = Use(none, _folder.File("a.onnx"));
        Assert.False(IsAlive(kept));
    }

    [Fact]
    public void A_lease_may_be_given_back_twice_and_is_of_no_use_then()
    {
        using MattingModelCache cache = new(new() { MostModels = 1 });
        MattingModelLease first = cache.Rent(Model("a"), null, Cancellation);
        using MattingModelLease second = cache.Rent(_folder.File("a.onnx"), null, Cancellation);
        first.Dispose();
        first.Dispose();
        Assert.Throws<ObjectDisposedException>(() => first.Model);
        // counted down once only: the other lease still holds it
        Use(cache, Model("b"));
        Assert.True(IsAlive(second.Model));
    }

    [Fact]
    public void A_disposed_cache_gives_nothing_out_and_leases_outlive_it()
    {
        MattingModelCache cache = new();
        MattingModelLease lease = cache.Rent(Model("a"), null, Cancellation);
        MattingModel used = lease.Model, idle = Use(cache, Model("b"));
        cache.Dispose();
        cache.Dispose();
        Assert.Equal([true, false], new[] { used, idle }.Select(IsAlive));
        Assert.Throws<ObjectDisposedException>(() => cache.Rent(_folder.File("a.onnx"), null, Cancellation));
        lease.Dispose();
        Assert.False(IsAlive(used));
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new MattingModelCache(new() { MostModels = 0 }));
        Assert.Throws<ArgumentException>(() => new MattingModelCache(new() { MostBytes = -1 }));
        using MattingModelCache cache = new();
        Assert.Throws<ArgumentException>(() => cache.Rent("", null, Cancellation));
    }

    private static (int Width, int Height) Size(PixelImage picture) => (picture.Width, picture.Height);

    /// <summary>Rents and gives back at once.</summary>
    private static MattingModel Use(MattingModelCache cache, string path, MattingModelOptions? options = null)
    {
        using MattingModelLease lease = cache.Rent(path, options, Cancellation);
        return lease.Model;
    }

    private static bool IsAlive(MattingModel model)
    {
        try
        {
            model.Predict(new PixelImage(1, 1, 3), null, Cancellation);
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private string Model(string name)
    {
        File.WriteAllBytes(_folder.File($"{name}.onnx"), MattingSmall.WithCard(16, 16));
        return _folder.File($"{name}.onnx");
    }
}
