#pragma warning disable CA1034, CA1052, CA1711, CA1720 // the types are there to be printed

namespace Matting.Runtime.Tests.Api;

/// <summary>The printer itself: what would go unseen in an approved file would be approved by nobody.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Types_and_members_are_written_as_in_source()
    {
        string[] lines = PublicApi.Of(typeof(PublicApiTests).Assembly).Split('\n');
        string[] expected =
        [
            "Matting.Runtime.Tests.Api: delegate T PublicApiTests.Maker<T>(PublicApiTests.Options options, out int? size)",
            "Matting.Runtime.Tests.Api: enum PublicApiTests.Kind : byte",
            "    One = 1",
            "Matting.Runtime.Tests.Api: sealed record PublicApiTests.Options",
            "    Options(string Name, IReadOnlyList<string?>? Names = null)",
            "    IReadOnlyList<string?>? Names { get; init; }",
            "    required int[]? Sizes { get; init; }",
            "    string Name { get; init; }",
            "Matting.Runtime.Tests.Api: readonly ref struct PublicApiTests.View",
            "    ReadOnlySpan<float> Values { get; }",
            "Matting.Runtime.Tests.Api: abstract class PublicApiTests.Shape<T> : IDisposable where T : class, new()",
            "    protected Shape(T? owner)",
            "    const string Word = \"a\"",
            "    static readonly long Count",
            "    protected abstract T? Find<TKey>(in TKey key, PublicApiTests.Kind kind = Kind.One, bool exact = true, params ReadOnlySpan<object?> rest) where TKey : struct",
            "    void Dispose()",
        ];
        Assert.All(expected, line => Assert.Contains(line, lines));
        Assert.DoesNotContain(lines, line => line.Contains("Hidden", StringComparison.Ordinal));
    }

    public delegate T Maker<out T>(Options options, out int? size);

    public enum Kind : byte
    {
        One = 1,
    }

    public sealed record Options(string Name, IReadOnlyList<string?>? Names = null)
    {
        public required int[]? Sizes { get; init; }

        internal int Hidden { get; init; }
    }

    public readonly ref struct View(ReadOnlySpan<float> values)
    {
        public ReadOnlySpan<float> Values { get; } = values;
    }

    public abstract class Shape<T>(T? owner) : IDisposable
        where T : class, new()
    {
        public const string Word = "a";

        public static readonly long Count = 3;

        protected abstract T? Find<TKey>(in TKey key, Kind kind = Kind.One, bool exact = true, params ReadOnlySpan<object?> rest)
            where TKey : struct;

        public void Dispose()
        {
            GC.SuppressFinalize(this);
            HiddenOwner = owner;
        }

        private T? HiddenOwner { get; set; }
    }
}
