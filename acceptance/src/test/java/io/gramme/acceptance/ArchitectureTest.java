package io.gramme.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The dependencies that packages may have on each other and on libraries. Think hard before changing a line: each rule
 * shuts out a dependency on purpose.
 */
class ArchitectureTest {
    private static final String[] ALLOWED_EVERYWHERE = {"java..", "org.jspecify.."};

    /** Imported once for all tests: the import takes seconds. */
    private static final JavaClasses GRAMME = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.gramme");

    private static void holds(ArchRule rule) {
        // A rule about a module that does not exist yet matches no class, and must pass.
        rule.allowEmptyShould(true).check(GRAMME);
    }

    private static ArchRule knowsOnly(String who, String... whom) {
        String[] known =
                Stream.concat(Stream.of(ALLOWED_EVERYWHERE), Stream.of(whom)).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(who)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(known);
    }

    private static ArchRule isKnownOnlyTo(String what, String... whom) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(whom)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(what);
    }

    @Test
    void allOfGrammeIsLookedAt() {
        assertThat(GRAMME.contain("io.gramme.core.item.Item")).isTrue();
        assertThat(GRAMME.contain("io.gramme.cli.Gramme")).isTrue();
    }

    @Test
    void coreKnowsTheJdkAlone() {
        // Cryptography is of the JDK, in packages of its own.
        holds(knowsOnly("io.gramme.core..", "io.gramme.core..", "javax.crypto.."));
    }

    @Test
    void coreHasNoFilesNoSocketsNoLogAndNoLuck() {
        holds(coreDoesNot()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.file..", "java.util.random..", "java.util.logging.."));
    }

    @Test
    void coreDoesNotLookAtTheClock() {
        holds(coreDoesNot().callMethod(System.class, "currentTimeMillis"));
        holds(coreDoesNot().callMethod(System.class, "nanoTime"));
        holds(coreDoesNot().callMethod(Instant.class, "now"));
        holds(coreDoesNot().dependOnClassesThat().areAssignableTo(InstantSource.class));
    }

    private static ClassesShould coreDoesNot() {
        return noClasses().that().resideInAPackage("io.gramme.core..").should();
    }

    @Test
    void theApiKnowsCoreAndJson() {
        holds(knowsOnly("io.gramme.api..", "io.gramme.api..", "io.gramme.core..", "tools.jackson.core.."));
    }

    @Test
    void storageKnowsBytesAndNoItems() {
        holds(knowsOnly(
                "io.gramme.storage..",
                "io.gramme.storage..",
                "io.gramme.core.bytes..",
                "org.rocksdb..",
                "com.datastax.oss.driver.api..",
                "javax.net.ssl.."));
    }

    @Test
    void onlyItsEngineKnowsRocksDb() {
        holds(isKnownOnlyTo("org.rocksdb..", "io.gramme.storage.rocksdb.."));
    }

    @Test
    void aClusterForDevelopmentKnowsTheJdkAlone() {
        holds(knowsOnly("io.gramme.devcluster..", "io.gramme.devcluster.."));
    }

    @Test
    void theDifferentialKnowsNoOtherPartOfGramme() {
        holds(knowsOnly(
                "io.gramme.differential..",
                "io.gramme.differential..",
                "tools.jackson..",
                "picocli..",
                "javax.crypto.."));
    }

    @Test
    void onlyItsEngineAndWhatMeasuresItKnowTheDriverOfCassandra() {
        holds(isKnownOnlyTo("com.datastax..", "io.gramme.storage.cassandra..", "io.gramme.benchmark.."));
    }

    @Test
    void onlyHttpKnowsNetty() {
        holds(isKnownOnlyTo("io.netty..", "io.gramme.http..", "io.gramme.benchmark.."));
    }

    @Test
    void onlyMetricsKnowTheirLibrary() {
        holds(isKnownOnlyTo("io.micrometer..", "io.gramme.metrics.."));
        holds(isKnownOnlyTo("io.prometheus..", "io.gramme.metrics.."));
    }

    @Test
    void onlyCommandsKnowTheOptionParser() {
        holds(isKnownOnlyTo("picocli..", "io.gramme.cli..", "io.gramme.differential.."));
    }

    @Test
    void httpKnowsNoTableAndNoOperation() {
        holds(knowsOnly(
                "io.gramme.http..",
                "io.gramme.http..",
                "io.gramme.api.service..",
                "io.gramme.api.wire..",
                "io.gramme.core.bytes..",
                "io.gramme.core.cache..",
                "io.gramme.core.error..",
                "io.gramme.core.identity..",
                "io.gramme.core.item..",
                "io.gramme.core.signature..",
                "io.netty..",
                "javax.naming..",
                "javax.net.ssl..",
                "javax.security.auth.x500..",
                "javax.xml.stream..",
                "tools.jackson.core..",
                "tools.jackson.dataformat.cbor.."));
    }

    @Test
    void onlyHttpKnowsCbor() {
        holds(isKnownOnlyTo("tools.jackson.dataformat..", "io.gramme.http.."));
    }

    @Test
    void monitoringKnowsTablesAndNoHttp() {
        holds(knowsOnly(
                "io.gramme.monitoring..",
                "io.gramme.monitoring..",
                "io.gramme.tables..",
                "io.gramme.api.service..",
                "io.gramme.core..",
                "io.gramme.storage"));
    }

    @Test
    void tablesKnowNoRequestNoEngineAndNoLibrary() {
        holds(knowsOnly(
                "io.gramme.tables..",
                "io.gramme.tables..",
                "io.gramme.core..",
                "io.gramme.storage",
                "io.gramme.storage.parallel.."));
    }

    @Test
    void deliveryKnowsTablesAndTheirLogs() {
        holds(knowsOnly(
                "io.gramme.delivery..",
                "io.gramme.delivery..",
                "io.gramme.tables..",
                "io.gramme.api.wire..",
                "io.gramme.core..",
                "io.gramme.storage",
                "java.net.http..",
                "tools.jackson.core.."));
    }

    @Test
    void recoveryKnowsTablesAndTransfer() {
        holds(knowsOnly(
                "io.gramme.recovery..",
                "io.gramme.recovery..",
                "io.gramme.tables..",
                "io.gramme.transfer..",
                "io.gramme.encryption..",
                // Exports and imports are stored with the requests that began them.
                "io.gramme.api",
                "io.gramme.api.wire..",
                "io.gramme.core..",
                "io.gramme.storage",
                "tools.jackson.core.."));
    }

    @Test
    void encryptionKnowsStorageAlone() {
        holds(knowsOnly(
                "io.gramme.encryption..",
                "io.gramme.encryption..",
                "io.gramme.core.bytes..",
                "io.gramme.storage",
                "io.gramme.storage.engine..",
                "io.gramme.storage.parallel..",
                "javax.crypto.."));
    }

    @Test
    void kmsKnowsSecurityAndNoHttp() {
        holds(knowsOnly(
                "io.gramme.kms..",
                "io.gramme.kms..",
                "io.gramme.encryption",
                "software.amazon.awssdk..",
                "io.gramme.security..",
                "io.gramme.tables..",
                "io.gramme.api.service..",
                "io.gramme.core..",
                "io.gramme.storage",
                "javax.crypto..",
                "tools.jackson.core.."));
    }

    @Test
    void scalingKnowsTablesAlone() {
        holds(knowsOnly(
                "io.gramme.scaling..",
                "io.gramme.scaling..",
                "io.gramme.tables..",
                "io.gramme.core..",
                "io.gramme.storage"));
    }

    @Test
    void securityKnowsTablesAndNoHttp() {
        holds(knowsOnly(
                "io.gramme.security..",
                "io.gramme.security..",
                "io.gramme.tables..",
                "io.gramme.api.service..",
                "io.gramme.api.wire..",
                "io.gramme.core..",
                "io.gramme.storage",
                "javax.crypto..",
                "tools.jackson.core.."));
    }

    @Test
    void transferKnowsItemsAndTheirJsonAndNoTable() {
        holds(knowsOnly(
                "io.gramme.transfer..",
                "io.gramme.transfer..",
                "io.gramme.api",
                "io.gramme.api.wire..",
                "io.gramme.core..",
                "tools.jackson.core..",
                "com.amazon.ion..",
                "com.github.luben.zstd..",
                "de.siegmar.fastcsv..",
                "software.amazon.awssdk..",
                "javax.net.ssl.."));
    }

    @Test
    void onlyFormatsKnowTheirLibraries() {
        holds(isKnownOnlyTo("com.amazon.ion..", "io.gramme.transfer.format.."));
        holds(isKnownOnlyTo("com.github.luben.zstd..", "io.gramme.transfer.format.."));
        holds(isKnownOnlyTo("de.siegmar.fastcsv..", "io.gramme.transfer.format.."));
    }

    @Test
    void onlyItsBucketsKnowTheClientOfS3() {
        holds(isKnownOnlyTo("software.amazon.awssdk.services.s3..", "io.gramme.transfer.bucket.."));
        holds(noClasses()
                .that()
                .resideInAPackage("io.gramme.transfer..")
                .and()
                .haveNameNotMatching(".*\\.S3\\w+(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk.."));
    }

    @Test
    void anOperationKnowsNoHttp() {
        holds(isKnownOnlyTo(
                "io.gramme.http..",
                "io.gramme.http..",
                "io.gramme.server",
                "io.gramme.server.metric..",
                "io.gramme.metrics..",
                // Certificates, and the options of ports.
                "io.gramme.cli..",
                "io.gramme.embedded.."));
    }

    @Test
    void theContractOfStorageKnowsNoEngine() {
        holds(knowsOnly("io.gramme.storage", "io.gramme.storage", "io.gramme.core.bytes.."));
    }

    @Test
    void aServerIsHandedItsEngineAndItsMonitor() {
        holds(noClasses()
                .that()
                .resideInAnyPackage(
                        "io.gramme.http..",
                        "io.gramme.tables..",
                        "io.gramme.delivery..",
                        "io.gramme.encryption..",
                        "io.gramme.kms..",
                        "io.gramme.monitoring..",
                        "io.gramme.recovery..",
                        "io.gramme.scaling..",
                        "io.gramme.security..",
                        "io.gramme.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.gramme.storage.rocksdb..", "io.gramme.storage.cassandra..", "io.gramme.metrics.."));
    }

    @Test
    void onlyTheCompositionRootKnowsTheEngineInMemory() {
        holds(isKnownOnlyTo("io.gramme.storage.memory..", "io.gramme.storage..", "io.gramme.server"));
        holds(isKnownOnlyTo(
                "io.gramme.storage.engine..", "io.gramme.storage..", "io.gramme.encryption", "io.gramme.server"));
    }

    @Test
    void packagesKnowEachOtherOneWay() {
        slices().matching("io.gramme.(*)..").should().beFreeOfCycles().check(GRAMME);
        for (String module : List.of("tables", "delivery", "transfer", "security", "server")) {
            slices().matching("io.gramme." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .check(GRAMME);
        }
    }
}
