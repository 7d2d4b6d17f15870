namespace Matting.Trainer.Configuration;

/// <summary>Puts <c>key=value</c> of the command line over the settings of a file, with the same strictness.</summary>
public static class SettingOverride
{
    /// <summary>Applies overrides in order; a later one wins.</summary>
    /// <param name="settings">The settings of the file.</param>
    /// <param name="overrides">
    /// Each <c>a.b=value</c>. The value is taken as it is written, so a path needs no quotes; a value that
    /// begins with a quote or with <c>[</c> is read as YAML.
    /// </param>
    /// <exception cref="SettingsException">An override is not of that form.</exception>
    public static SettingSection Apply(SettingSection settings, IEnumerable<string> overrides)
    {
        foreach (string text in overrides)
        {
            SettingPlace place = new($"--set {text}", 0);
            int split = text.IndexOf('=', StringComparison.Ordinal);
            string[] path = split < 0 ? [] : text[..split].Trim().Split('.');
            if (path.Length == 0 || path.Any(string.IsNullOrWhiteSpace))
                throw new SettingsException(place, "", "expected key=value, for instance optimiser.lr=1e-4");
            settings = Put(settings, path, ReadValue(text[(split + 1)..].Trim(), place), place);
        }
        return settings;
    }

    private static SettingNode ReadValue(string text, SettingPlace place)
    {
        if (text is not ['[' or '"' or '\'', ..])
            return new SettingScalar(place, text, Quoted: false);
        try
        {
            return WithPlace(YamlSettings.Read(text, place.Source)!, place);
        }
        catch (SettingsException e)
        {
            // lines mean nothing on a command line
            throw new SettingsException([.. e.Problems.Select(problem => problem with { Place = place })]);
        }
    }

    private static SettingNode WithPlace(SettingNode node, SettingPlace place) => node switch
    {
        SettingList list => new SettingList(place, [.. list.Items.Select(item => WithPlace(item, place))]),
        _ => node with { Place = place },
    };

    private static SettingSection Put(SettingSection section, ReadOnlySpan<string> path, SettingNode value, SettingPlace place)
    {
        string key = path[0];
        if (path.Length == 1)
            return section.With(new SettingEntry(key, place, value));
        // a value or nothing in the way of a path is replaced; the binder then judges the result
        SettingSection inner = section.Find(key)?.Value as SettingSection ?? new SettingSection(place, []);
        return section.With(new SettingEntry(key, section.Find(key)?.Place ?? place, Put(inner, path[1..], value, place)));
    }
}
