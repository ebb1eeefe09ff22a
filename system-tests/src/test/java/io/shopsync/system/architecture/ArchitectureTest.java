package io.shopsync.system.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses ALL = Modules.allClasses();

    private static final Set<String> HTTP_METHODS = Set.of(
            "jakarta.ws.rs.GET",
            "jakarta.ws.rs.POST",
            "jakarta.ws.rs.PUT",
            "jakarta.ws.rs.PATCH",
            "jakarta.ws.rs.DELETE");

    @Test
    void looksAtEveryModuleThatHasSources() {
        for (var module : Modules.values()) {
            if (module.sources().toFile().isDirectory()) {
                assertThat(ALL.stream()
                                .anyMatch(type ->
                                        Modules.of(type).filter(module::equals).isPresent()))
                        .as(module.folder())
                        .isTrue();
            }
        }
    }

    @Test
    void modulesUseOnlyWhatTheTableOfFoldersAllows() {
        classes()
                .should(new ArchCondition<JavaClass>("use only the modules that theirs may use") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        var module = Modules.of(type).orElseThrow();
                        for (var dependency : type.getDirectDependenciesFromSelf()) {
                            Modules.of(dependency.getTargetClass())
                                    .filter(used -> !module.mayUse(used))
                                    .ifPresent(used -> events.add(violated(dependency, module, used)));
                        }
                    }
                })
                .check(ALL);
    }

    @Test
    void contractsKnowNothingButJacksonsAnnotations() {
        classes()
                .that()
                .resideInAPackage("io.shopsync.contracts..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "com.fasterxml.jackson.annotation..", "io.shopsync.contracts..")
                .check(ALL);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles()
                // The one class that lists the families of events, each of which has a package.
                .ignoreDependency(name("io.shopsync.contracts.EventTypes"), DescribedPredicate.alwaysTrue())
                // The one class that lists the benchmarks, each of which has a package and uses what all share.
                .ignoreDependency(name("io.shopsync.bench.Main"), DescribedPredicate.alwaysTrue())
                .check(ALL);
    }

    @Test
    void resourcesAndTheirMethodsArePublic() {
        classes()
                .that()
                .areAnnotatedWith("jakarta.ws.rs.Path")
                .should()
                .bePublic()
                .allowEmptyShould(true)
                .because("Quarkus answers 404 for those that are not")
                .check(ALL);
        methods()
                .that(describe("answer HTTP", ArchitectureTest::answersHttp))
                .should()
                .bePublic()
                .allowEmptyShould(true)
                .because("Quarkus answers 404 for those that are not")
                .check(ALL);
    }

    @Test
    void consumersKeepTheOrderOfTheirMessages() {
        noMethods()
                .that()
                .areAnnotatedWith("org.eclipse.microprofile.reactive.messaging.Incoming")
                .should()
                .beAnnotatedWith("io.smallrye.common.annotation.RunOnVirtualThread")
                .allowEmptyShould(true)
                .because("virtual threads would handle messages out of order")
                .check(ALL);
    }

    @Test
    void entitiesNeverLeaveTheirPackage() {
        var entity = new DescribedPredicate<Dependency>("an entity of another package") {
            @Override
            public boolean test(Dependency dependency) {
                var target = dependency.getTargetClass();
                return target.isAnnotatedWith("jakarta.persistence.Entity")
                        && !target.getPackageName()
                                .equals(dependency.getOriginClass().getPackageName());
            }
        };
        noClasses()
                .should(new ArchCondition<>("depend on " + entity.getDescription()) {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        type.getDirectDependenciesFromSelf().stream()
                                .filter(entity)
                                .forEach(found ->
                                        events.add(SimpleConditionEvent.satisfied(found, found.getDescription())));
                    }
                })
                .check(ALL);
    }

    @Test
    void dependenciesComeByConstructor() {
        noFields()
                .should()
                .beAnnotatedWith("jakarta.inject.Inject")
                .because("a class that is made by its constructor is whole, and can be made by a test")
                .check(ALL);
    }

    private static ConditionEvent violated(Dependency dependency, Modules module, Modules used) {
        return SimpleConditionEvent.violated(
                dependency,
                "%s may not use %s: %s".formatted(module.folder(), used.folder(), dependency.getDescription()));
    }

    private static boolean answersHttp(JavaMethod method) {
        return method.getAnnotations().stream()
                .anyMatch(annotation ->
                        HTTP_METHODS.contains(annotation.getRawType().getName()));
    }
}
