package dev.sparring.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which of the module's classes know what. */
class ExecutorClassesTest {
  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sparring.spark");

  /**
   * What a task consists of; the jar of the module comes to executors without any other of ours.
   */
  private static final Set<String> OF_TASKS = Set.of("RunTask", "TaskRun", "TaskEnd", "LastLine");

  @Test
  void tasksKnowJavaAndSparkOnly() {
    DescribedPredicate<JavaClass> task =
        DescribedPredicate.describe("of tasks", c -> OF_TASKS.contains(c.getSimpleName()));
    DescribedPredicate<JavaClass> known =
        DescribedPredicate.describe(
            "Java's, Spark's, or of tasks",
            c ->
                List.of("java.", "scala.", "org.apache.spark.", "org.jspecify.").stream()
                        .anyMatch(c.getBaseComponentType().getName()::startsWith)
                    || c.getBaseComponentType().isPrimitive()
                    || task.test(c.getBaseComponentType()));
    classes().that(task).should().onlyDependOnClassesThat(known).check(MODULE);
    assertEquals(OF_TASKS.size(), MODULE.stream().filter(task).count());
  }

  @Test
  void whatIsPublicIsTheServiceAndTheMainClass() {
    assertEquals(
        Set.of("SparkCluster", "SweepMain"),
        MODULE.stream()
            .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toSet()));
  }
}
