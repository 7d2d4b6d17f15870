using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Matting.Trainer.Configuration;

/// <summary>
/// Reads YAML into <see cref="SettingNode"/>s. Only the plain part of YAML is accepted: one document of
/// sections, lists and values. Anchors, aliases, tags and repeated keys are refused, because each of
/// them lets a setting mean something else than what its line says.
/// </summary>
public static class YamlSettings
{
    private const int DeepestNesting = 16;

    /// <summary>Reads a document whose top is a section; an empty document is an empty section.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="source">How messages name it, usually the path.</param>
    /// <exception cref="SettingsException">It is not YAML, or uses what is refused; the message has the line.</exception>
    public static SettingSection ReadSection(string text, string source)
    {
        SettingNode? top = Read(text, source);
        return top switch
        {
            null => new SettingSection(new SettingPlace(source, 1), []),
            SettingSection section => section,
            SettingScalar { IsNull: true } => new SettingSection(top.Place, []),
            _ => throw new SettingsException(top.Place, "", "expected keys with values (key: value) at the top"),
        };
    }

    /// <summary>Reads a single value, for instance the list <c>[0.9, 0.99]</c>; null when the text is empty.</summary>
    /// <inheritdoc cref="ReadSection" path="/param|/exception"/>
    public static SettingNode? Read(string text, string source)
    {
        try
        {
            Parser parser = new(new StringReader(text));
            parser.Consume<StreamStart>();
            if (!parser.Accept<DocumentStart>(out _))
                return null;
            parser.Consume<DocumentStart>();
            SettingNode node = ReadNode(parser, source, depth: 0);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
                throw new SettingsException(PlaceOf(second, source), "", "expected one document, a second one begins here");
            return node;
        }
        catch (YamlException e)
        {
            throw new SettingsException(new SettingPlace(source, (int)Math.Max(e.Start.Line, e.End.Line)), "", $"not valid YAML: {FirstLine(e.Message)}");
        }
    }

    private static SettingNode ReadNode(IParser parser, string source, int depth)
    {
        if (parser.Accept<AnchorAlias>(out var alias))
            throw new SettingsException(PlaceOf(alias, source), "", $"the alias '*{alias.Value}' is not supported; write the value out");
        NodeEvent start = parser.Consume<NodeEvent>();
        SettingPlace place = PlaceOf(start, source);
        if (!start.Anchor.IsEmpty)
            throw new SettingsException(place, "", $"the anchor '&{start.Anchor.Value}' is not supported; write the value out where it is used");
        if (!start.Tag.IsEmpty)
            throw new SettingsException(place, "", $"the tag '{start.Tag.Value}' is not supported");
        if (depth > DeepestNesting)
            throw new SettingsException(place, "", $"nested more than {DeepestNesting} levels deep");
        return start switch
        {
            Scalar scalar => new SettingScalar(place, scalar.Value, scalar.Style != ScalarStyle.Plain),
            SequenceStart => new SettingList(place, ReadItems(parser, source, depth)),
            _ => new SettingSection(place, ReadEntries(parser, source, depth)),
        };
    }

    private static List<SettingNode> ReadItems(IParser parser, string source, int depth)
    {
        List<SettingNode> items = [];
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode(parser, source, depth + 1));
        return items;
    }

    private static List<SettingEntry> ReadEntries(IParser parser, string source, int depth)
    {
        Dictionary<string, SettingEntry> seen = [];
        List<SettingEntry> entries = [];
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            SettingNode written = ReadNode(parser, source, depth + 1);
            if (written is not SettingScalar key)
                throw new SettingsException(written.Place, "", "expected a key, found a list or a section");
            SettingEntry entry = new(key.Text, key.Place, ReadNode(parser, source, depth + 1));
            if (!seen.TryAdd(entry.Key, entry))
                throw new SettingsException(key.Place, key.Text, $"is set twice; the first time on line {seen[entry.Key].Place.Line}");
            entries.Add(entry);
        }
        return entries;
    }

    private static SettingPlace PlaceOf(ParsingEvent @event, string source) => new(source, (int)@event.Start.Line);

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Split('\n')[0];
}
