using Matting.Runtime.Submissions;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Comparison;

/// <summary>The alphas of a submission.</summary>
internal sealed class SubmissionSource : IPictureSource
{
    private readonly SubmissionDocument _document;
    private readonly Dictionary<string, SubmissionEntry> _entries;

    public SubmissionSource(string file)
    {
        _document = SubmissionDocument.Open(file);
        SubmissionEntry[] good = [.. _document.Entries.Where(entry => entry.Problem is null)];
        _entries = good.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        Names = [.. good.Select(entry => entry.Name)];
        Problems = [.. _document.Entries.Where(entry => entry.Problem is not null)
            .Select(entry => new SubmissionException(file, entry.Line, entry.Name.Length > 0 ? entry.Name : null, entry.Problem!).Message)];
    }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<string> Problems { get; }

    public PixelImage Read(string name, CancellationToken cancellation) => _document.Read(_entries[name]);

    public void Dispose() => _document.Dispose();
}
