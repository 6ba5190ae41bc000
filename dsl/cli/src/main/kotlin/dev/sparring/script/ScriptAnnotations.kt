package dev.sparring.script

/**
 * At the start of a script, `@file:DependsOn("group:artifact:version")`: artifacts that it needs,
 * with all that they need themselves. They are looked up in the local Maven repository; nothing is
 * downloaded.
 */
@Target(AnnotationTarget.FILE)
@Repeatable
@Retention(AnnotationRetention.SOURCE)
public annotation class DependsOn(vararg val artifacts: String)

/**
 * At the start of a script, `@file:Repository("libs")`: a folder in the layout of a Maven
 * repository, beside the script, that is looked into before the local repository.
 */
@Target(AnnotationTarget.FILE)
@Repeatable
@Retention(AnnotationRetention.SOURCE)
public annotation class Repository(vararg val folders: String)

/**
 * At the start of a script, `@file:Import("blocks.gan.kts")`: another script, beside this one,
 * whose declarations this one sees.
 */
@Target(AnnotationTarget.FILE)
@Repeatable
@Retention(AnnotationRetention.SOURCE)
public annotation class Import(vararg val scripts: String)
