@file:JvmName("Suggestions")

package dev.sparring.dsl

import dev.sparring.dsl.text.nearest

/** The known word that a mistyped one most likely means, or null if none is near. */
public fun suggestion(typed: String, known: Collection<String>): String? = nearest(typed, known)
