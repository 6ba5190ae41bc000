package dev.sparring.report.chart

/**
 * What is known of a column of `metrics.csv`.
 *
 * @property title the heading of its chart, or its name
 * @property about what it is, in a sentence or more; empty if Sparring does not know it
 * @property part the part of a page that it stands in
 * @property isLog whether it is best seen on a logarithmic axis
 */
public class FigureInfo
private constructor(
    public val title: String,
    public val about: String,
    public val part: String,
    public val isLog: Boolean,
) {
    public companion object {
        /** The parts in their order. */
        @JvmStatic public val parts: List<String> = Part.entries.map { it.title }

        /** What is known of a column. */
        @JvmStatic
        public fun of(column: String): FigureInfo {
            val name = Column(column)
            val group = name.group ?: return FigureInfo(column, "", Part.OTHER.title, false)
            val member =
                group.members[if (column in group.members) column else name.figure].orEmpty()
            val isSaid = member.isEmpty() || member.equals(group.title, ignoreCase = true)
            val what = if (isSaid) group.title else "${group.title}: $member"
            val of = if (column in group.members || name.path.isEmpty()) "" else " (${name.path})"
            return FigureInfo(what + of, group.about, group.part.title, group.isLog)
        }
    }
}
