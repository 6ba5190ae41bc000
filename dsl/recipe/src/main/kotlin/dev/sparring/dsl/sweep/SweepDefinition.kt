package dev.sparring.dsl.sweep

import dev.sparring.dsl.CallSites
import dev.sparring.recipe.Recipe

/** What a program says about a sweep, before it is checked: [SweepText.of] gives the sweep. */
public class SweepDefinition
internal constructor(
    internal val name: String?,
    internal val recipe: Recipe?,
    internal val axes: List<DefinedAxis>,
    /** By the keys of a sweep's text. */
    internal val settings: Map<String, Any>,
    internal val calls: Map<String, CallSites.Call>,
    internal val sites: CallSites?,
)

/** A setting and its values, with labels if the program gives some. */
internal class DefinedAxis(
    val path: String,
    val values: List<Any?>,
    val labels: List<String>?,
    val call: CallSites.Call?,
)
