using System.Globalization;
using System.Text.RegularExpressions;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>
/// Whether a pattern that ignores case matches differently from culture to culture. Only the letter i does: it pairs
/// with I alone in the invariant culture, also with İ in most others, and Turkish and Azeri pair i with İ and ı with I.
/// </summary>
internal static class CaseFolding
{
    /// <summary>May say yes for a pattern that does not depend on it, as where it would take the whole grammar to see that; never no for one that does.</summary>
    public static bool DependsOnCulture(string pattern, RegexOptions options) =>
        (options & RegexOptions.CultureInvariant) == 0 && IgnoresCase(pattern, options) && new Scan(pattern).MeetsAnI();

    /// <summary>Whether case is ignored anywhere and the text of a group is matched again: generated code cannot do that.</summary>
    public static bool ComparesGroups(string pattern, RegexOptions options) =>
        IgnoresCase(pattern, options) && Regex.IsMatch(pattern, @"\\[1-9k]");

    private static bool IgnoresCase(string pattern, RegexOptions options) =>
        (options & RegexOptions.IgnoreCase) != 0 || Regex.IsMatch(pattern, @"\(\?[imnsx]*i[imnsx-]*[:)]");

    private static bool IsI(int character) => character is 'i' or 'I' or 0x130 or 0x131;

    /// <summary>One walk over the pattern.</summary>
    private struct Scan(string pattern)
    {
        private int _at = 0;

        public bool MeetsAnI()
        {
            while (_at < pattern.Length)
            {
                switch (pattern[_at])
                {
                    case '[':
                        if (ClassHasAnI())
                            return true;

                        break;
                    case '(' when Next(1) == '?':
                        SkipGroupStart();
                        break;
                    default:
                        if (Character() is not { } character || IsI(character))
                            return true;

                        break;
                }
            }

            return false;
        }

        private readonly char Next(int offset) => _at + offset < pattern.Length ? pattern[_at + offset] : '\0';

        /// <summary><c>(?&lt;name&gt;</c>, <c>(?imnsx-imnsx:</c> and <c>(?#comment)</c> hold letters that are not matched.</summary>
        private void SkipGroupStart()
        {
            _at += 2;
            switch (Next(0))
            {
                case '#':
                    SkipPast(')');
                    break;
                case '<' when Next(1) is not ('=' or '!'):
                    SkipPast('>');
                    break;
                case '\'':
                    _at++;
                    SkipPast('\'');
                    break;
                case '(':
                    break;
                default:
                    while (Next(0) is 'i' or 'm' or 'n' or 's' or 'x' or '-' or '+')
                        _at++;

                    break;
            }
        }

        private void SkipPast(char end)
        {
            var found = pattern.IndexOf(end, _at);
            _at = found < 0 ? pattern.Length : found + 1;
        }

        private bool ClassHasAnI()
        {
            _at++;
            if (Next(0) == '^')
                _at++;

            for (var isFirst = true; _at < pattern.Length && (isFirst || pattern[_at] != ']'); isFirst = false)
            {
                if (Character() is not { } from || IsI(from))
                    return true;

                if (Next(0) != '-' || Next(1) is ']' or '[' or '\0')
                    continue;

                _at++;
                if (Character() is not { } to || (from <= 0x131 && to >= 'I' && (IsIn('I', from, to) || IsIn('i', from, to) || IsIn(0x130, from, to) || IsIn(0x131, from, to))))
                    return true;
            }

            _at++;
            return false;
        }

        private static bool IsIn(int character, int from, int to) => from <= character && character <= to;

        /// <summary>The character that stands here, 0 for what matches by category; null for what may be or may repeat any text.</summary>
        private int? Character()
        {
            if (pattern[_at] != '\\')
                return pattern[_at++];

            var kind = Next(1);
            _at += 2;
            switch (kind)
            {
                case 'x':
                    return Code(2);
                case 'u':
                    return Code(4);
                case 'p' or 'P':
                    var isBlock = string.CompareOrdinal(pattern, _at, "{Is", 0, 3) == 0;
                    SkipPast('}');
                    return isBlock ? null : 0;
                case 'c':
                    _at++;
                    return 0;
                case (>= '0' and <= '9') or 'k':
                    return null;
                case >= 'a' and <= 'z' or >= 'A' and <= 'Z':
                    return 0;
                default:
                    return kind;
            }
        }

        private int? Code(int digits)
        {
            if (_at + digits > pattern.Length || !int.TryParse(pattern.Substring(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                return null;

            _at += digits;
            return code;
        }
    }
}
