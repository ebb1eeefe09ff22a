#!/bin/sh
# Creates the topics of topics.txt and keeps their retention as it says; safe to repeat. Runs in the Kafka image.
set -eu

bootstrap=${KAFKA_BOOTSTRAP_SERVERS:?}
partitions=${KAFKA_PARTITIONS:-6}
replicas=${KAFKA_REPLICATION_FACTOR:-1}
bin=/opt/kafka/bin

while read -r topic retention; do
  case $topic in
    '' | '#'*) continue ;;
    # Read by people, not by services that share the work.
    *-dead-letters) count=1 ;;
    *) count=$partitions ;;
  esac
  "$bin/kafka-topics.sh" --bootstrap-server "$bootstrap" --create --if-not-exists --topic "$topic" \
    --partitions "$count" --replication-factor "$replicas" --config "retention.ms=$retention"
  "$bin/kafka-configs.sh" --bootstrap-server "$bootstrap" --alter --entity-type topics --entity-name "$topic" \
    --add-config "retention.ms=$retention"
done <"$(dirname "$0")/topics.txt"
