import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * What Java Avro says of pairs of schemas, for answers.json. It needs a JDK (17 or later) and Maven; in this folder:
 *
 *   mvn -q -f pom.xml dependency:copy-dependencies -DoutputDirectory=/tmp/java-avro
 *   node -e 'import("./avro-pairs.ts").then((a) => { for (const p of a.avroPairs(a.PAIRS)) console.log(p.join("\t")); })' |
 *     java -cp "/tmp/java-avro/*" JavaAvro.java > answers.json
 *
 * A line of its input is a reader and a writer, with a tab between them. Its answer has one bit for each pair, which is 1
 * where the reader can read what was written, and the digest of the canonical texts of all schemas.
 */
class JavaAvro {
  public static void main(String[] arguments) throws Exception {
    StringBuilder bits = new StringBuilder();
    MessageDigest texts = MessageDigest.getInstance("SHA-256");
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] pair = line.split("\t");
      Schema reader = parse(pair[0]);
      Schema writer = parse(pair[1]);
      for (Schema schema : new Schema[] {reader, writer})
        texts.update((schema.toString() + "\n").getBytes(StandardCharsets.UTF_8));
      bits.append(reads(reader, writer) ? 1 : 0);
    }
    System.out.printf("{%n  \"avro\": \"%s\",%n  \"compatible\": \"%s\",%n  \"texts\": \"%s\"%n}%n",
        Schema.class.getPackage().getImplementationVersion(), hexOf(bits.toString()),
        HexFormat.of().formatHex(texts.digest()));
  }

  /** As Confluent's registry parses what is to be registered. */
  private static Schema parse(String text) {
    return new Schema.Parser(NameValidator.STRICT_VALIDATOR).setValidateDefaults(true).parse(text);
  }

  private static boolean reads(Schema reader, Schema writer) {
    try {
      return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
          == SchemaCompatibilityType.COMPATIBLE;
    } catch (RuntimeException ambiguous) { // Confluent takes it for incompatible too
      return false;
    }
  }

  private static String hexOf(String bits) {
    StringBuilder hex = new StringBuilder();
    for (int at = 0; at < bits.length(); at += 4)
      hex.append(Integer.toHexString(Integer.parseInt(bits.substring(at, at + 4), 2)));
    return hex.toString();
  }
}
