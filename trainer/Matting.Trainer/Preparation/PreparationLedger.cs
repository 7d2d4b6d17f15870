using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Matting.Shared.Files;

namespace Matting.Trainer.Preparation;

/// <summary>What decides the files of a preparation, besides the cut-outs.</summary>
/// <param name="Format">Version of the ledger's form.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Backgrounds">Composites of every cut-out.</param>
/// <param name="ValidationShare">Share kept for validation.</param>
internal sealed record LedgerSettings(int Format, long Seed, int Backgrounds, double ValidationShare);

/// <summary>A cut-out whose pictures are all written.</summary>
/// <param name="Cutout">Its identity.</param>
/// <param name="Bytes">Its size when it was read.</param>
/// <param name="Modified">When it had last been changed, in ticks (UTC).</param>
/// <param name="Sizes">Bytes of its pictures, in the order of <see cref="PreparedNames.All"/>.</param>
/// <param name="SixteenBits">True when it has 16 bits a channel.</param>
internal sealed record LedgerEntry(string Cutout, long Bytes, long Modified, long[] Sizes, bool SixteenBits);

/// <summary>
/// Remembers in <c>prepared.jsonl</c> what is done: the settings, then a line for each cut-out once its pictures are on the disk.
/// So a run that ended anywhere is gone on with, and no picture is taken for a finished one that is not. While a ledger is
/// open nobody else can open it.
/// </summary>
internal sealed class PreparationLedger : IDisposable
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "prepared.jsonl";

    private const int Format = 1;

    private readonly string _folder;
    private readonly FileStream _file;
    private readonly LedgerSettings _settings;
    private readonly ConcurrentDictionary<string, LedgerEntry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _writing = new();

    private PreparationLedger(string folder, FileStream file, LedgerSettings settings) => (_folder, _file, _settings) = (folder, file, settings);

    /// <summary>Opens the ledger of a folder, or begins one where the folder is new or empty.</summary>
    /// <exception cref="PreparationException">
    /// The folder is not one of preparations, or one with other settings, or another process is at work in it.
    /// </exception>
    public static PreparationLedger Open(PreparationOptions options)
    {
        LedgerSettings settings = new(Format, options.Seed, options.Backgrounds, options.ValidationShare);
        string path = Path.Combine(options.Folder, FileName);
        if (!File.Exists(path))
        {
            if (File.Exists(options.Folder))
                throw new PreparationException($"{options.Folder}: is a file, expected a folder for the pairs");
            if (Directory.Exists(options.Folder) && Directory.EnumerateFileSystemEntries(options.Folder).Any())
                throw new PreparationException($"{options.Folder}: is not empty and not the work of an earlier preparation; choose a new folder");
            AtomicFile.WriteText(path, JsonSerializer.Serialize(settings) + "\n");
        }
        PreparationLedger ledger = new(options.Folder, OpenAlone(path, options.Folder), settings);
        try
        {
            ledger.Read(path, options.StartOver);
            return ledger;
        }
        catch
        {
            ledger.Dispose();
            throw;
        }
    }

    /// <summary>The entry of a cut-out that neither it nor its pictures have changed since; null when there is work to do.</summary>
    public LedgerEntry? Unchanged(Cutout cutout, FileInfo source) =>
        _entries.TryGetValue(cutout.Identity, out LedgerEntry? entry)
        && (source.Length, source.LastWriteTimeUtc.Ticks) == (entry.Bytes, entry.Modified)
        && SizesOf(cutout.Identity).SequenceEqual(entry.Sizes)
            ? entry
            : null;

    /// <summary>Notes a cut-out whose pictures have just been written.</summary>
    /// <param name="cutout">The cut-out.</param>
    /// <param name="source">Its file as it was before it was read.</param>
    /// <param name="sixteenBits">True when it has 16 bits a channel.</param>
    public void Add(Cutout cutout, FileInfo source, bool sixteenBits)
    {
        LedgerEntry entry = new(cutout.Identity, source.Length, source.LastWriteTimeUtc.Ticks, [.. SizesOf(cutout.Identity)], sixteenBits);
        byte[] line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(entry) + "\n");
        lock (_writing)
        {
            _file.Write(line);
            _file.Flush();
        }
        _entries[entry.Cutout] = entry;
    }

    public void Dispose() => _file.Dispose();

    // a missing picture has the size -1, which none has
    private IEnumerable<long> SizesOf(string identity) =>
        from name in PreparedNames.All(identity, _settings.Backgrounds)
        let file = new FileInfo(Path.Combine(_folder, name))
        select file.Exists ? file.Length : -1;

    private void Read(string path, bool startOver)
    {
        string text = new StreamReader(_file, Encoding.UTF8, leaveOpen: true).ReadToEnd();
        // a line that was being written when the process was killed counts as not written
        text = text[..(text.LastIndexOf('\n') + 1)];
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        LedgerSettings earlier = Parse<LedgerSettings>(lines.FirstOrDefault(""))
            ?? throw new PreparationException($"{path}: is damaged; choose a new folder, or delete this one");
        foreach (LedgerEntry entry in lines.Skip(1).Select(Parse<LedgerEntry>).OfType<LedgerEntry>())
            _entries[entry.Cutout] = entry;
        if (startOver)
        {
            Clear(earlier);
            text = JsonSerializer.Serialize(_settings) + "\n";
            _file.SetLength(0);
            _file.Write(Encoding.UTF8.GetBytes(text));
        }
        else if (earlier != _settings)
        {
            throw new PreparationException($"{_folder}: was prepared with {Describe(earlier)}, which is not {Describe(_settings)}; "
                + "choose another folder, say the same again, or start over with --overwrite");
        }
        _file.SetLength(Encoding.UTF8.GetByteCount(text));
        _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>Deletes what the entries say was written; the tables first, so that nobody takes what remains for a dataset.</summary>
    private void Clear(LedgerSettings earlier)
    {
        IEnumerable<string> pictures = _entries.Keys.SelectMany(identity => PreparedNames.All(identity, earlier.Backgrounds));
        foreach (string name in PreparedTable.Names.Concat(pictures))
        {
            string file = Path.Combine(_folder, name);
            if (File.Exists(file))
                File.Delete(file);
        }
        _entries.Clear();
    }

    private static FileStream OpenAlone(string path, string folder)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new PreparationException($"{folder}: another preparation seems to be at work in this folder: {e.Message}", e);
        }
    }

    // a line that is no entry is as good as none: its cut-out is prepared once more
    private static T? Parse<T>(string line) where T : class
    {
        try
        {
            T? value = JsonSerializer.Deserialize<T>(line);
            return value is LedgerEntry { Cutout: null or "" } or LedgerEntry { Sizes: null } || (value is LedgerEntry entry && entry.Cutout.Split('/').Contains(".."))
                ? null
                : value;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Describe(LedgerSettings settings) =>
        FormattableString.Invariant($"--seed {settings.Seed} --backgrounds {settings.Backgrounds} --val {settings.ValidationShare}");
}
