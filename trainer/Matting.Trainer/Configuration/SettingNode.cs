namespace Matting.Trainer.Configuration;

/// <summary>A piece of a settings file that still knows where it was written.</summary>
/// <param name="Place">The place of its first character.</param>
public abstract record SettingNode(SettingPlace Place);

/// <summary>A single value.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Text">The characters, without quotes.</param>
/// <param name="Quoted">True when it was quoted, and so is text whatever it looks like.</param>
public sealed record SettingScalar(SettingPlace Place, string Text, bool Quoted) : SettingNode(Place)
{
    /// <summary>True for an unquoted nothing, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => !Quoted && Text is "" or "~" or "null";
}

/// <summary>A list of values.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Items">The values in order.</param>
public sealed record SettingList(SettingPlace Place, IReadOnlyList<SettingNode> Items) : SettingNode(Place);

/// <summary>A key of a section with its value.</summary>
/// <param name="Key">The key as written.</param>
/// <param name="Place">Where the key stands.</param>
/// <param name="Value">Its value.</param>
public sealed record SettingEntry(string Key, SettingPlace Place, SettingNode Value);

/// <summary>A section: keys with values, each key once, in the order written.</summary>
public sealed record SettingSection(SettingPlace Place, IReadOnlyList<SettingEntry> Entries) : SettingNode(Place)
{
    /// <summary>The entry of <paramref name="key"/>, or null.</summary>
    public SettingEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);

    /// <summary>A section in which <paramref name="entry"/> takes the place of its namesake, or stands at the end.</summary>
    public SettingSection With(SettingEntry entry)
    {
        List<SettingEntry> entries = [.. Entries];
        int at = entries.FindIndex(other => other.Key == entry.Key);
        if (at < 0)
            entries.Add(entry);
        else
            entries[at] = entry;
        return this with { Entries = entries };
    }
}
