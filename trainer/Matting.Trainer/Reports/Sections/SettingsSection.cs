using Matting.Shared.Html;
using Matting.Trainer.Configuration;
using Matting.Trainer.Recipes;

namespace Matting.Trainer.Reports.Sections;

/// <summary>Every setting of a run, those marked that are not at their defaults, and what it was made with.</summary>
internal static class SettingsSection
{
    /// <summary>Writes the sections.</summary>
    public static void Write(HtmlWriter page, RunHistory run)
    {
        OrderedDictionary<string, string> values = SettingDifferences.Values(run.Recipe), defaults = SettingDifferences.Values(new Recipe());
        int changed = values.Count(pair => Differs(pair.Key));
        page.Write($"""<section class="settings"><h2>Settings</h2><p>{changed} of {values.Count} settings differ from the defaults; they are marked.</p>""");
        page.Write($"""<p><label><input type="checkbox" id="only-changed"/> only those</label></p>""");
        page.Write($"""<table><thead><tr><th scope="col">setting</th><th scope="col">value</th><th scope="col">default</th></tr></thead><tbody>""");
        foreach ((string key, string value) in values)
        {
            string marked = Differs(key) ? "changed" : "same";
            string other = !Differs(key) ? "" : defaults.TryGetValue(key, out string? known) ? known : "not there";
            page.Write($"""<tr class="{marked}"><th scope="row"><code>{new Breakable(key)}</code></th><td><code>{new Breakable(value)}</code></td><td>{other}</td></tr>""");
        }
        page.Write($"</tbody></table></section>");
        if (run.Environment.Count > 0)
        {
            page.Write($"""<section><h2>Environment</h2><table><thead><tr><th scope="col">what</th><th scope="col">value</th></tr></thead><tbody>""");
            foreach ((string key, string value) in run.Environment)
                page.Write($"""<tr><th scope="row"><code>{new Breakable(key)}</code></th><td>{new Breakable(value)}</td></tr>""");
            page.Write($"</tbody></table></section>");
        }

        bool Differs(string key) => !defaults.TryGetValue(key, out string? value) || value != values[key];
    }
}
