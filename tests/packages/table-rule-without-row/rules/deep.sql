SELECT pond_id FROM ponds
